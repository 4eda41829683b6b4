package io.github.mbedtls4j.provider.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Key stores of the JDK's tools open with our provider before all others. */
class KeyStoreTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "PKCS12, RSA, SHA256withRSA",
    "PKCS12, EC, SHA256withECDSA",
    "JKS, RSA, SHA256withRSA",
    "JCEKS, EC, SHA256withECDSA"
  })
  void opens(String type, String keyAlgorithm, String algorithm) throws Exception {
    Path file = directory.resolve("store");
    keytool(type, keyAlgorithm, file);
    byte[] bytes = Files.readAllBytes(file);
    KeyStore before = load(type, bytes);
    TestKeys.atPosition1(
        () -> {
          PrivateKey key = (PrivateKey) load(type, bytes).getKey("alias", PASSWORD);
          // A store that was loaded before our provider came.
          assertEquals(before.getKey("alias", PASSWORD), key);
          X509Certificate certificate = (X509Certificate) before.getCertificate("alias");
          certificate.verify(certificate.getPublicKey());
          Signature signature = Signature.getInstance(algorithm);
          signature.initSign(key);
          byte[] sig = signature.sign();
          signature.initVerify(certificate);
          assertTrue(signature.verify(sig));
          assertEquals("MbedTLS", signature.getProvider().getName());
          return null;
        });
  }

  private static KeyStore load(String type, byte[] bytes) throws Exception {
    KeyStore store = KeyStore.getInstance(type);
    store.load(new ByteArrayInputStream(bytes), PASSWORD);
    return store;
  }

  private void keytool(String type, String keyAlgorithm, Path file) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "alias",
                "-keyalg",
                keyAlgorithm,
                "-dname",
                "CN=test",
                "-storetype",
                type,
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD),
                "-keypass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), () -> file + " was not made");
  }
}
