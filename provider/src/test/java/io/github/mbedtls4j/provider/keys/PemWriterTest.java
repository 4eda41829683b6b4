package io.github.mbedtls4j.provider.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.mbedtls4j.nativeloader.handle.Curve;
import io.github.mbedtls4j.provider.KeyEncodings;
import io.github.mbedtls4j.provider.PemReader;
import io.github.mbedtls4j.provider.PemWriter;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What we write, OpenSSL and the JDK read; where OpenSSL writes the same, it is the same. */
class PemWriterTest {
  private static final char[] PASSWORD = "secret".toCharArray();
  private static final Set<Curve> JDK_CURVES =
      Set.of(Curve.SECP256R1, Curve.SECP384R1, Curve.SECP521R1);

  @BeforeAll
  static void openSsl() {
    OpenSsl.require();
  }

  private static String text(byte[] ascii) {
    return new String(ascii, StandardCharsets.US_ASCII);
  }

  /** What every kind of key can be written as. */
  private static void roundTrips(KeyPair pair) throws Exception {
    PrivateKey key = pair.getPrivate();
    byte[] spki = PemWriter.subjectPublicKeyInfo(pair.getPublic());
    assertArrayEquals(
        pair.getPublic().getEncoded(), KeyEncodings.subjectPublicKeyInfo(pair.getPublic()));
    byte[] encrypted = PemWriter.encryptedPkcs8(key, PASSWORD, 1000);
    assertEquals(key, PemReader.readPrivateKey(encrypted, PASSWORD));
    assertEquals(key, PemReader.readPrivateKey(PemWriter.pkcs8(key)));
    assertEquals(pair.getPublic(), PemReader.readPublicKey(spki));
    assertEquals(text(spki), text(OpenSsl.run(spki, "pkey -pubin")));
    assertEquals(text(spki), text(OpenSsl.run(PemWriter.pkcs8(key), "pkey -pubout")));
    assertEquals(text(spki), text(OpenSsl.run(encrypted, "pkey -pubout -passin pass:secret")));
  }

  @Test
  void rsa() throws Exception {
    roundTrips(TestKeys.RSA);
    for (KeyPair pair : new KeyPair[] {TestKeys.RSA, TestKeys.SUN_RSA_PAIR}) {
      byte[] pkcs1 = PemWriter.pkcs1(pair.getPrivate());
      assertEquals(text(OpenSsl.run(pkcs1, "rsa -traditional")), text(pkcs1));
      assertArrayEquals(
          OpenSsl.run(pkcs1, "rsa -traditional -outform DER"),
          KeyEncodings.pkcs1(pair.getPrivate()));
      assertEquals(pair.getPrivate(), PemReader.readPrivateKey(pkcs1));
      assertEquals(
          pair.getPrivate(),
          KeyFactory.getInstance("RSA", TestKeys.SUN_RSA)
              .generatePrivate(new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded())));
    }
    RSAPrivateKey key = (RSAPrivateKey) TestKeys.RSA.getPrivate();
    PrivateKey bare =
        KeyFactory.getInstance("RSA")
            .generatePrivate(new RSAPrivateKeySpec(key.getModulus(), key.getPrivateExponent()));
    assertThrows(InvalidKeyException.class, () -> PemWriter.pkcs1(bare));
  }

  @ParameterizedTest
  @EnumSource(Curve.class)
  void curves(Curve curve) throws Exception {
    if (!curve.supported()) {
      return;
    }
    KeyPair pair = TestKeys.ec(TestKeys.OURS, curve.standardName());
    roundTrips(pair);
    byte[] sec1 = PemWriter.sec1(pair.getPrivate());
    assertEquals(text(OpenSsl.run(sec1, "ec")), text(sec1));
    assertArrayEquals(OpenSsl.run(sec1, "ec -outform DER"), KeyEncodings.sec1(pair.getPrivate()));
    assertEquals(pair.getPrivate(), PemReader.readPrivateKey(sec1));
    if (JDK_CURVES.contains(curve)) {
      KeyFactory factory = KeyFactory.getInstance("EC", TestKeys.SUN_EC);
      PrivateKey theirs =
          factory.generatePrivate(new PKCS8EncodedKeySpec(KeyEncodings.pkcs8(pair.getPrivate())));
      assertEquals(pair.getPrivate(), theirs);
      assertEquals(text(sec1), text(PemWriter.sec1(theirs)));
      assertEquals(
          pair.getPublic(),
          factory.generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded())));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X25519", "X448"})
  void montgomery(String algorithm) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance(algorithm, TestKeys.OURS).generateKeyPair();
    roundTrips(pair);
    assertEquals(
        pair.getPrivate(),
        KeyFactory.getInstance(algorithm)
            .generatePrivate(new PKCS8EncodedKeySpec(KeyEncodings.pkcs8(pair.getPrivate()))));
  }

  /** Keys that only other providers know are written all the same. */
  @Test
  void edwards() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] encrypted = PemWriter.encryptedPkcs8(pair.getPrivate(), PASSWORD, 1000);
    assertEquals(
        text(PemWriter.subjectPublicKeyInfo(pair.getPublic())),
        text(OpenSsl.run(encrypted, "pkey -pubout -passin pass:secret")));
  }

  @Test
  void defaultEncryption() throws Exception {
    byte[] der = KeyEncodings.encryptedPkcs8(TestKeys.EC.getPrivate(), PASSWORD);
    String structure = text(OpenSsl.run(der, "asn1parse -inform DER"));
    for (String expected :
        new String[] {":PBES2", ":PBKDF2", ":0927C0", ":hmacWithSHA256", ":aes-256-cbc"}) {
      assertEquals(2, structure.split(expected, -1).length, structure);
    }
    assertEquals(TestKeys.EC.getPrivate(), PemReader.readPrivateKey(der, PASSWORD));
    assertArrayEquals("secret".toCharArray(), PASSWORD);
  }

  @Test
  void refuses() {
    PrivateKey rsa = TestKeys.RSA.getPrivate();
    PrivateKey ec = TestKeys.EC.getPrivate();
    assertThrows(InvalidKeyException.class, () -> PemWriter.sec1(rsa));
    assertThrows(InvalidKeyException.class, () -> PemWriter.pkcs1(ec));
    assertThrows(InvalidKeyException.class, () -> PemWriter.pkcs8(null));
    assertThrows(InvalidKeyException.class, () -> PemWriter.subjectPublicKeyInfo(null));
    assertThrows(InvalidKeyException.class, () -> PemWriter.pkcs8(new TokenKey("EC")));
    assertThrows(InvalidKeyException.class, () -> PemWriter.sec1(new TokenKey("EC")));
    assertThrows(
        InvalidKeyException.class,
        () -> PemWriter.encryptedPkcs8(new TokenKey("EC"), PASSWORD, 1000));
    assertThrows(NullPointerException.class, () -> PemWriter.encryptedPkcs8(ec, null));
    for (int iterations : new int[] {-1, 0, 999, PemReader.MAX_ITERATIONS + 1}) {
      assertThrows(
          IllegalArgumentException.class, () -> PemWriter.encryptedPkcs8(ec, PASSWORD, iterations));
    }
  }
}
