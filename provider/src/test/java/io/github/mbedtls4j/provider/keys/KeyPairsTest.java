package io.github.mbedtls4j.provider.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.nativeloader.handle.Curve;
import io.github.mbedtls4j.provider.KeyPairs;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPairsTest {
  @BeforeAll
  static void load() {
    MbedTls.load();
  }

  @Test
  void everyPairMatchesItselfAlone() throws Exception {
    List<KeyPair> pairs = new ArrayList<>();
    pairs.add(TestKeys.RSA);
    pairs.add(TestKeys.SUN_RSA_PAIR);
    pairs.add(TestKeys.EC);
    pairs.add(TestKeys.SUN_EC_PAIR);
    pairs.add(TestKeys.ec(TestKeys.BC, "secp256r1"));
    for (Curve curve : TestKeys.curves()) {
      pairs.add(TestKeys.ec(TestKeys.OURS, curve.standardName()));
    }
    for (String algorithm : List.of("X25519", "X448")) {
      pairs.add(KeyPairGenerator.getInstance(algorithm, TestKeys.OURS).generateKeyPair());
      pairs.add(KeyPairGenerator.getInstance(algorithm, "SunEC").generateKeyPair());
    }
    for (KeyPair one : pairs) {
      for (KeyPair other : pairs) {
        assertEquals(
            one == other,
            KeyPairs.matches(one.getPublic(), other.getPrivate()),
            () -> one.getPublic() + " and " + other.getPrivate());
      }
    }
  }

  /** The point with the same x coordinate gives the same ECDH secrets, but is another key. */
  @ParameterizedTest
  @EnumSource(Curve.class)
  void mirroredPoint(Curve curve) throws Exception {
    if (!curve.supported()) {
      return;
    }
    KeyPair pair = TestKeys.ec(TestKeys.OURS, curve.standardName());
    ECPublicKey key = (ECPublicKey) pair.getPublic();
    ECPoint w = key.getW();
    ECPoint mirrored = new ECPoint(w.getAffineX(), curve.p().subtract(w.getAffineY()));
    PublicKey other =
        KeyFactory.getInstance("EC", TestKeys.OURS)
            .generatePublic(new ECPublicKeySpec(mirrored, key.getParams()));
    assertTrue(KeyPairs.matches(key, pair.getPrivate()));
    assertFalse(KeyPairs.matches(other, pair.getPrivate()));
  }

  @Test
  void rsaNumbers() throws Exception {
    RSAPublicKey key = (RSAPublicKey) TestKeys.RSA.getPublic();
    RSAPrivateCrtKey secret = (RSAPrivateCrtKey) TestKeys.RSA.getPrivate();
    BigInteger n = key.getModulus();
    for (Provider provider : new Provider[] {TestKeys.OURS, TestKeys.SUN_RSA}) {
      KeyFactory factory = KeyFactory.getInstance("RSA", provider);
      PrivateKey bare =
          factory.generatePrivate(new RSAPrivateKeySpec(n, secret.getPrivateExponent()));
      assertTrue(KeyPairs.matches(key, bare));
      PrivateKey wrong =
          factory.generatePrivate(
              new RSAPrivateKeySpec(n, secret.getPrivateExponent().add(BigInteger.TWO)));
      assertFalse(KeyPairs.matches(key, wrong));
      PublicKey otherExponent =
          factory.generatePublic(new RSAPublicKeySpec(n, BigInteger.valueOf(3)));
      assertFalse(KeyPairs.matches(otherExponent, secret));
      assertFalse(KeyPairs.matches(otherExponent, bare));
    }
    PrivateKey wrongPrimes =
        KeyFactory.getInstance("RSA", TestKeys.OURS)
            .generatePrivate(
                new RSAPrivateCrtKeySpec(
                    n,
                    secret.getPublicExponent(),
                    secret.getPrivateExponent(),
                    secret.getPrimeP().add(BigInteger.TWO),
                    secret.getPrimeQ(),
                    secret.getPrimeExponentP(),
                    secret.getPrimeExponentQ(),
                    secret.getCrtCoefficient()));
    assertThrows(InvalidKeyException.class, () -> KeyPairs.matches(key, wrongPrimes));
    PublicKey pss =
        KeyFactory.getInstance("RSASSA-PSS")
            .generatePublic(new RSAPublicKeySpec(n, key.getPublicExponent()));
    assertTrue(KeyPairs.matches(pss, secret));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X25519", "X448"})
  void coordinateThatIsNotReduced(String algorithm) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance(algorithm, "SunEC").generateKeyPair();
    BigInteger prime =
        algorithm.equals("X25519")
            ? BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19))
            : BigInteger.ONE
                .shiftLeft(448)
                .subtract(BigInteger.ONE.shiftLeft(224))
                .subtract(BigInteger.ONE);
    BigInteger u = ((XECPublicKey) pair.getPublic()).getU();
    PublicKey other =
        KeyFactory.getInstance(algorithm, TestKeys.OURS)
            .generatePublic(new XECPublicKeySpec(new NamedParameterSpec(algorithm), u.add(prime)));
    assertTrue(KeyPairs.matches(other, pair.getPrivate()));
  }

  @Test
  void whatCannotBeToldIsAnException() throws Exception {
    PublicKey ec = TestKeys.EC.getPublic();
    assertThrows(InvalidKeyException.class, () -> KeyPairs.matches(ec, new TokenKey("EC")));
    assertThrows(InvalidKeyException.class, () -> KeyPairs.matches(ec, new TokenKey(null)));
    assertThrows(InvalidKeyException.class, () -> KeyPairs.matches(ec, null));
    assertThrows(InvalidKeyException.class, () -> KeyPairs.matches(null, TestKeys.EC.getPrivate()));
    KeyPair edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    assertThrows(
        InvalidKeyException.class,
        () -> KeyPairs.matches(edwards.getPublic(), edwards.getPrivate()));
    assertFalse(KeyPairs.matches(ec, new TokenKey("RSA")));
    assertFalse(KeyPairs.matches(ec, edwards.getPrivate()));
  }
}
