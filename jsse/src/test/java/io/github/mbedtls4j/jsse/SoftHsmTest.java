package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mbedtls4j.jsse.TestPki.Identity;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import io.github.mbedtls4j.provider.MbedTlsProvider;
import io.github.mbedtls4j.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys in SoftHSM, a PKCS #11 token in software, through the JDK's SunPKCS11. */
class SoftHsmTest {
  private static final char[] PIN = "1234".toCharArray();
  private static final Map<String, Kind> SUITES =
      Map.of(
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", Kind.RSA,
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", Kind.EC,
          "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", Kind.RSA,
          "TLS_RSA_WITH_AES_128_GCM_SHA256", Kind.RSA);

  private static Optional<Path> library() {
    return Stream.of("/usr/lib/softhsm", "/usr/lib64/pkcs11", "/usr/local/lib/softhsm")
        .map(directory -> Path.of(directory, "libsofthsm2.so"))
        .filter(Files::isReadable)
        .findFirst();
  }

  @Test
  void handshakes(@TempDir Path directory) throws Exception {
    assumeTrue(
        library().isPresent() && PeerProcess.installed("softhsm2-util"),
        "softhsm2 is not installed");
    Path configuration = directory.resolve("softhsm2.conf");
    Files.writeString(
        configuration,
        "directories.tokendir = "
            + Files.createDirectory(directory.resolve("tokens"))
            + "\nobjectstore.backend = file\nlog.level = ERROR\n");
    Path pkcs11 = directory.resolve("pkcs11.cfg");
    Files.writeString(
        pkcs11,
        "name = SoftHsm\nlibrary = "
            + library().get()
            + "\nslotListIndex = 0\n"
            + "attributes(*,CKO_PRIVATE_KEY,*) = {\n  CKA_SENSITIVE = true\n"
            + "  CKA_EXTRACTABLE = false\n  CKA_SIGN = true\n}\n"
            + "attributes(*,CKO_PRIVATE_KEY,CKK_RSA) = {\n  CKA_DECRYPT = true\n}\n");
    String environment = "SOFTHSM2_CONF=" + configuration;
    ChildJvm.run(
            List.of(
                "env",
                environment,
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                "test",
                "--pin",
                new String(PIN),
                "--so-pin",
                "5678"))
        .expect("initialized");
    ChildJvm.of(SoftHsmTest.class)
        .through("env", environment)
        .run(pkcs11.toString())
        .expect("done " + SUITES.size());
  }

  /** In a JVM of its own, for SoftHSM reads its environment. */
  public static void main(String[] args) throws Exception {
    // Newer JDKs disable static RSA, which is among the suites.
    Security.setProperty("jdk.tls.disabledAlgorithms", "");
    Security.insertProviderAt(new MbedTlsProvider(), 1);
    Provider token = Security.getProvider("SunPKCS11").configure(args[0]);
    Security.addProvider(token);
    KeyStore store = KeyStore.getInstance("PKCS11", token);
    store.load(null, PIN);
    for (Kind kind : Kind.values()) {
      Identity server = TestPki.server(kind);
      store.setKeyEntry("server" + kind, server.key, null, server.chain);
    }
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(store, PIN);
    int done = 0;
    for (Map.Entry<String, Kind> suite : SUITES.entrySet()) {
      String alias = "server" + suite.getValue();
      assertNull(store.getKey(alias, PIN).getEncoded());
      EnginePair pair =
          Peers.pair(
              Contexts.of(Contexts.OURS, factory.getKeyManagers(), TestPki.trust())
                  .createSSLEngine("localhost", 443),
              Contexts.of(Contexts.OURS, factory.getKeyManagers(), TestPki.trust())
                  .createSSLEngine());
      pair.client.setEnabledCipherSuites(new String[] {suite.getKey()});
      pair.server.setEnabledCipherSuites(new String[] {suite.getKey()});
      pair.server.setNeedClientAuth(true);
      pair.handshake();
      assertArrayEquals(
          TestPki.server(suite.getValue()).chain, pair.client.getSession().getPeerCertificates());
      assertEquals("TLSv1.2", pair.server.getSession().getProtocol());
      byte[] data = Contexts.random(1000);
      assertArrayEquals(data, pair.send(pair.client, data));
      done++;
    }
    System.out.println("done " + done);
  }
}
