package io.github.mbedtls4j.provider.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.testing.ChildJvm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  /**
   * Who wrote a PKCS #12 store does not matter to who reads it: the JDK alone, the JDK with our
   * PBES2 and MAC, BouncyCastle with its own.
   */
  @ParameterizedTest
  @ValueSource(strings = {"changeit", "", "with space and a length of more than 31 characters"})
  void writtenByAnyReadByAny(String text) throws Exception {
    Path file = directory.resolve("store");
    keytool("PKCS12", "EC", file);
    KeyStore source = load("PKCS12", Files.readAllBytes(file));
    PrivateKey key = (PrivateKey) source.getKey("alias", PASSWORD);
    Certificate[] chain = source.getCertificateChain("alias");
    char[] password = text.toCharArray();

    List<byte[]> written = new ArrayList<>();
    written.add(write("JDK", key, chain, password));
    written.add(write(TestKeys.BC, key, chain, password));
    TestKeys.atPosition1(() -> written.add(write("JDK", key, chain, password)));
    for (byte[] bytes : written) {
      read(bytes, password, key);
      TestKeys.atPosition1(
          () -> {
            read(bytes, password, key);
            return null;
          });
    }
  }

  private static byte[] write(Object provider, PrivateKey key, Certificate[] chain, char[] password)
      throws Exception {
    KeyStore store =
        provider instanceof Provider bc
            ? KeyStore.getInstance("PKCS12", bc)
            : KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("alias", key, password, chain);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, password);
    return out.toByteArray();
  }

  private static void read(byte[] bytes, char[] password, PrivateKey expected) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(bytes), password);
    assertEquals(expected, store.getKey("alias", password));
    assertThrows(UnrecoverableKeyException.class, () -> store.getKey("alias", "no".toCharArray()));
    KeyStore other = KeyStore.getInstance("PKCS12");
    assertThrows(
        IOException.class, () -> other.load(new ByteArrayInputStream(bytes), "no".toCharArray()));
  }

  private static KeyStore load(String type, byte[] bytes) throws Exception {
    KeyStore store = KeyStore.getInstance(type);
    store.load(new ByteArrayInputStream(bytes), PASSWORD);
    return store;
  }

  private void keytool(String type, String keyAlgorithm, Path file) throws Exception {
    ChildJvm.run(
            List.of(
                ChildJvm.jdkTool("keytool"),
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
                new String(PASSWORD)))
        .expect();
  }
}
