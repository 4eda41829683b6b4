package io.github.mbedtls4j.examples;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key with a certificate for localhost, made by the JDK's keytool for one run of the demo. */
final class Identity {
  private static final String PASSWORD = "for one run";
  private static final long SECONDS = 300;

  private final KeyStore store;

  private Identity(KeyStore store) {
    this.store = store;
  }

  /** A new one. */
  static Identity create(String keyAlgorithm) throws Exception {
    Path directory = Files.createTempDirectory("mbedtls4j-demo-");
    Path file = directory.resolve("keys.p12");
    try {
      keytool(keyAlgorithm, file);
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, PASSWORD.toCharArray());
      }
      return new Identity(store);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(directory);
    }
  }

  private static void keytool(String keyAlgorithm, Path file)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", "demo", "-keyalg", keyAlgorithm));
    command.addAll(List.of("-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1"));
    command.addAll(List.of("-validity", "2", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", file.toString(), "-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectInput(new File("/dev/null"))
            .start();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("keytool does not end");
    }
    if (process.exitValue() != 0) {
      throw new IOException("keytool failed: " + command);
    }
  }

  /** A context that has this key and trusts this certificate, and no other. */
  SSLContext context(Provider provider) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    anchors.setCertificateEntry("demo", store.getCertificate("demo"));
    trust.init(anchors);
    SSLContext context = SSLContext.getInstance("TLS", provider);
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
