package io.github.mbedtls4j.provider.keys;

import static io.github.mbedtls4j.provider.keys.TestKeys.BC;
import static io.github.mbedtls4j.provider.keys.TestKeys.OURS;
import static io.github.mbedtls4j.provider.keys.TestKeys.SUN_EC;
import static io.github.mbedtls4j.provider.keys.TestKeys.SUN_RSA;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.handle.Curve;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigInteger;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EncodedKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyFactoryTest {
  static List<Provider> rsaProviders() {
    return List.of(OURS, SUN_RSA, BC);
  }

  static List<Curve> curves() {
    return TestKeys.curves();
  }

  @ParameterizedTest
  @MethodSource("rsaProviders")
  void rsaKeysOfAnyProviderPassThroughEveryForm(Provider source) throws Exception {
    KeyPair pair = TestKeys.rsa(source, 1024);
    KeyFactory ours = KeyFactory.getInstance("RSA", OURS);
    KeyFactory sun = KeyFactory.getInstance("RSA", SUN_RSA);
    for (Key key : List.of(pair.getPublic(), pair.getPrivate())) {
      Key sunKey = sun.translateKey(key);
      Key ourKey = ours.translateKey(key);
      assertAlike(sunKey, ourKey);
      assertSame(ourKey, ours.translateKey(ourKey));
    }
    RSAPublicKeySpec publicSpec = ours.getKeySpec(pair.getPublic(), RSAPublicKeySpec.class);
    assertEquals(pair.getPublic(), ours.generatePublic(publicSpec));
    RSAPrivateKeySpec spec = ours.getKeySpec(pair.getPrivate(), RSAPrivateKeySpec.class);
    assertSame(RSAPrivateCrtKeySpec.class, spec.getClass());
    assertAlike(sun.generatePrivate(spec), ours.generatePrivate(spec));
    assertTrue(ours.generatePrivate(spec) instanceof RSAPrivateCrtKey);
    RSAPrivateKeySpec bare = new RSAPrivateKeySpec(spec.getModulus(), spec.getPrivateExponent());
    PrivateKey ncrt = ours.generatePrivate(bare);
    assertFalse(ncrt instanceof RSAPrivateCrtKey);
    assertAlike(sun.generatePrivate(bare), ncrt);
    assertAlike(
        sun.generatePrivate(bare),
        ours.generatePrivate(new PKCS8EncodedKeySpec(ncrt.getEncoded())));
    assertThrows(
        InvalidKeySpecException.class, () -> ours.getKeySpec(ncrt, RSAPrivateCrtKeySpec.class));
  }

  @ParameterizedTest
  @MethodSource("curves")
  void ecKeysPassThroughEveryForm(Curve curve) throws Exception {
    for (Provider source : List.of(OURS, BC)) {
      KeyPair pair = TestKeys.ec(source, curve.standardName());
      KeyFactory ours = KeyFactory.getInstance("EC", OURS);
      ECPublicKey publicKey = (ECPublicKey) ours.translateKey(pair.getPublic());
      ECPrivateKey privateKey = (ECPrivateKey) ours.translateKey(pair.getPrivate());
      assertTrue(publicKey.getParams().toString().contains(curve.oid()));
      assertEquals(((ECPublicKey) pair.getPublic()).getW(), publicKey.getW());
      assertEquals(((ECPrivateKey) pair.getPrivate()).getS(), privateKey.getS());
      assertArrayEquals(pair.getPublic().getEncoded(), publicKey.getEncoded());
      assertEquals(
          publicKey, ours.generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded())));
      // BouncyCastle adds the curve and the public key to the inner encoding.
      assertEquals(
          privateKey,
          ours.generatePrivate(new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded())));
      assertEquals(
          publicKey, ours.generatePublic(ours.getKeySpec(publicKey, ECPublicKeySpec.class)));
      assertEquals(
          privateKey, ours.generatePrivate(ours.getKeySpec(privateKey, ECPrivateKeySpec.class)));
      KeyFactory bc = KeyFactory.getInstance("EC", BC);
      assertEquals(
          privateKey.getS(),
          ((ECPrivateKey) bc.generatePrivate(new PKCS8EncodedKeySpec(privateKey.getEncoded())))
              .getS());
    }
  }

  @Test
  void ecKeysAreThoseOfTheJdk() throws Exception {
    KeyFactory ours = KeyFactory.getInstance("EC", OURS);
    KeyFactory sun = KeyFactory.getInstance("EC", SUN_EC);
    for (String curve : List.of("secp256r1", "secp384r1", "secp521r1")) {
      for (Provider source : List.of(OURS, SUN_EC)) {
        KeyPair pair = TestKeys.ec(source, curve);
        for (Key key : List.of(pair.getPublic(), pair.getPrivate())) {
          assertAlike(sun.translateKey(key), ours.translateKey(key));
        }
      }
    }
  }

  private static void assertAlike(Key sunKey, Key ourKey) throws Exception {
    assertTrue(ourKey.getClass().getName().startsWith("io.github.mbedtls4j"));
    assertEquals(sunKey, ourKey);
    assertEquals(ourKey, sunKey);
    assertEquals(sunKey.hashCode(), ourKey.hashCode());
    assertEquals(sunKey.getAlgorithm(), ourKey.getAlgorithm());
    assertEquals(sunKey.getFormat(), ourKey.getFormat());
    assertArrayEquals(sunKey.getEncoded(), ourKey.getEncoded());
    assertNotSame(ourKey.getEncoded(), ourKey.getEncoded());
    assertEquals(ourKey, roundTrip(ourKey));
    KeyFactory ours = KeyFactory.getInstance(ourKey.getAlgorithm(), OURS);
    if (ourKey instanceof PublicKey) {
      assertEquals(ourKey, ours.generatePublic(new X509EncodedKeySpec(ourKey.getEncoded())));
    } else {
      assertEquals(ourKey, ours.generatePrivate(new PKCS8EncodedKeySpec(ourKey.getEncoded())));
      assertFalse(((PrivateKey) ourKey).isDestroyed());
    }
    KeyFactory sun = KeyFactory.getInstance(ourKey.getAlgorithm(), sunOf(ourKey));
    for (Class<? extends KeySpec> spec :
        List.of(
            KeySpec.class,
            EncodedKeySpec.class,
            X509EncodedKeySpec.class,
            PKCS8EncodedKeySpec.class,
            RSAPublicKeySpec.class,
            RSAPrivateKeySpec.class,
            RSAPrivateCrtKeySpec.class,
            ECPublicKeySpec.class,
            ECPrivateKeySpec.class)) {
      assertEquals(
          TestKeys.outcome(() -> sun.getKeySpec(sunKey, spec).getClass()),
          TestKeys.outcome(() -> ours.getKeySpec(ourKey, spec).getClass()),
          ourKey.getClass() + " as " + spec);
    }
  }

  private static Provider sunOf(Key key) {
    return key.getAlgorithm().equals("RSA") ? SUN_RSA : SUN_EC;
  }

  private static Object roundTrip(Object key) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(key);
    }
    assertFalse(bytes.toString("ISO-8859-1").contains("mbedtls4j"));
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }

  @Test
  void textShowsNoSecret() {
    for (PrivateKey key : List.of(TestKeys.RSA.getPrivate(), TestKeys.EC.getPrivate())) {
      BigInteger secret =
          key instanceof RSAPrivateKey rsa ? rsa.getPrivateExponent() : ((ECPrivateKey) key).getS();
      String text = key.toString().toLowerCase(Locale.ROOT);
      assertFalse(text.contains(secret.toString(16).substring(0, 8)));
      assertFalse(text.contains(secret.toString().substring(0, 8)));
    }
    assertNotEquals(TestKeys.RSA.getPrivate(), TestKeys.EC.getPrivate());
    assertNotEquals(TestKeys.RSA.getPublic(), TestKeys.RSA.getPrivate());
  }

  @Test
  void refusesRsaNumbersThatCannotBeAKey() throws Exception {
    KeyFactory ours = KeyFactory.getInstance("RSA", OURS);
    BigInteger n = ((RSAPublicKey) TestKeys.RSA.getPublic()).getModulus();
    BigInteger e = RSAPublicKeySpecs.F4;
    for (RSAPublicKeySpec spec :
        List.of(
            new RSAPublicKeySpec(BigInteger.ONE.shiftLeft(510).setBit(0), e),
            new RSAPublicKeySpec(BigInteger.ONE.shiftLeft(8192).setBit(0), e),
            new RSAPublicKeySpec(n.clearBit(0), e),
            new RSAPublicKeySpec(n.negate(), e),
            new RSAPublicKeySpec(n, BigInteger.ONE),
            new RSAPublicKeySpec(n, BigInteger.TEN),
            new RSAPublicKeySpec(n, e.negate()),
            new RSAPublicKeySpec(n, n),
            new RSAPublicKeySpec(null, e),
            new RSAPublicKeySpec(n, null))) {
      assertThrows(InvalidKeySpecException.class, () -> ours.generatePublic(spec));
    }
    InvalidKeySpecException tooLong =
        assertThrows(
            InvalidKeySpecException.class,
            () ->
                ours.generatePublic(
                    new RSAPublicKeySpec(BigInteger.ONE.shiftLeft(8192).setBit(0), e)));
    assertTrue(tooLong.getMessage().contains("8192"));
    for (BigInteger d : List.of(BigInteger.ZERO, BigInteger.TEN.negate(), n.shiftLeft(1))) {
      assertThrows(
          InvalidKeySpecException.class, () -> ours.generatePrivate(new RSAPrivateKeySpec(n, d)));
    }
    assertThrows(
        InvalidKeySpecException.class, () -> ours.generatePrivate(new RSAPrivateKeySpec(n, null)));
  }

  private static final class RSAPublicKeySpecs {
    static final BigInteger F4 = BigInteger.valueOf(65537);
  }
}
