package io.github.mbedtls4j.provider.keys;

import static io.github.mbedtls4j.provider.keys.TestKeys.BC;
import static io.github.mbedtls4j.provider.keys.TestKeys.OURS;
import static io.github.mbedtls4j.provider.keys.TestKeys.SUN_EC;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.handle.Curve;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.util.Arrays;
import java.util.List;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EcdhTest {
  /** A public key that checks nothing. */
  private record Unchecked(ECParameterSpec getParams, ECPoint getW) implements ECPublicKey {
    @Override
    public String getAlgorithm() {
      return "EC";
    }

    @Override
    public String getFormat() {
      return null;
    }

    @Override
    public byte[] getEncoded() {
      return null;
    }
  }

  static List<Curve> curves() {
    return TestKeys.curves();
  }

  @ParameterizedTest
  @MethodSource("curves")
  void bothWaysOnEveryCurve(Curve curve) throws Exception {
    List<Provider> others =
        List.of(Curve.SECP256R1, Curve.SECP384R1, Curve.SECP521R1).contains(curve)
            ? List.of(BC, SUN_EC)
            : List.of(BC);
    for (Provider other : others) {
      KeyPair ours = TestKeys.ec(OURS, curve.standardName());
      KeyPair theirs = TestKeys.ec(other, curve.standardName());
      byte[] secret = agree(OURS, ours.getPrivate(), theirs.getPublic());
      assertEquals(curve.fieldLength(), secret.length);
      assertArrayEquals(secret, agree(OURS, theirs.getPrivate(), ours.getPublic()));
      KeyFactory factory = KeyFactory.getInstance("EC", other);
      assertArrayEquals(
          secret,
          agree(other, theirs.getPrivate(), (PublicKey) factory.translateKey(ours.getPublic())));
    }
  }

  private static byte[] agree(Provider provider, PrivateKey mine, PublicKey peer) throws Exception {
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
    agreement.init(mine);
    agreement.doPhase(peer, true);
    return agreement.generateSecret();
  }

  @Test
  void secretsKeepTheirLeadingZeros() throws Exception {
    ECPublicKey peer = (ECPublicKey) TestKeys.SUN_EC_PAIR.getPublic();
    KeyFactory ours = KeyFactory.getInstance("EC", OURS);
    KeyFactory sun = KeyFactory.getInstance("EC", SUN_EC);
    int found = 0;
    for (int s = 1; found < 2 && s < 5000; s++) {
      ECPrivateKeySpec spec = new ECPrivateKeySpec(BigInteger.valueOf(s), peer.getParams());
      byte[] secret = agree(OURS, ours.generatePrivate(spec), peer);
      assertEquals(32, secret.length);
      if (secret[0] == 0) {
        found++;
        assertArrayEquals(agree(SUN_EC, sun.generatePrivate(spec), peer), secret);
      }
    }
    assertEquals(2, found);
  }

  @Test
  void peersMustBeOnTheSameCurve() throws Exception {
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH", OURS);
    agreement.init(TestKeys.EC.getPrivate());
    ECParameterSpec p256 = ((ECPublicKey) TestKeys.EC.getPublic()).getParams();
    for (PublicKey peer :
        List.of(
            TestKeys.ec(OURS, "secp384r1").getPublic(),
            TestKeys.ec(OURS, "secp256k1").getPublic(),
            TestKeys.RSA.getPublic(),
            new Unchecked(p256, new ECPoint(BigInteger.ONE, BigInteger.ONE)),
            new Unchecked(p256, new ECPoint(BigInteger.ONE.negate(), BigInteger.ONE)),
            new Unchecked(p256, ECPoint.POINT_INFINITY),
            new Unchecked(null, null))) {
      assertThrows(InvalidKeyException.class, () -> agreement.doPhase(peer, true));
      assertThrows(IllegalStateException.class, agreement::generateSecret);
    }
  }

  @Test
  void callsInTheWrongOrderGiveWhatTheJdkGives() throws Exception {
    KeyAgreement ours = KeyAgreement.getInstance("ECDH", OURS);
    KeyAgreement sun = KeyAgreement.getInstance("ECDH", SUN_EC);
    PublicKey peer = TestKeys.SUN_EC_PAIR.getPublic();
    PrivateKey mine = TestKeys.SUN_EC_PAIR.getPrivate();
    List<Step> steps =
        List.of(
            a -> a.doPhase(peer, true),
            a -> a.generateSecret().length,
            a -> init(a, null),
            a -> init(a, TestKeys.SUN_RSA_PAIR.getPrivate()),
            a -> init(a, peer),
            a -> init(a, mine),
            a -> a.generateSecret().length,
            a -> a.doPhase(peer, false),
            a -> a.doPhase(null, true),
            a -> a.doPhase(mine, true),
            a -> a.doPhase(TestKeys.SUN_RSA_PAIR.getPublic(), true),
            a -> a.doPhase(peer, true),
            a -> a.doPhase(peer, true),
            a -> Arrays.hashCode(a.generateSecret()),
            a -> a.generateSecret().length,
            a -> a.doPhase(peer, true),
            a -> a.generateSecret(new byte[31], 0),
            a -> a.generateSecret(new byte[40], 9),
            a -> a.generateSecret((String) null),
            a -> a.generateSecret("AES"),
            a -> a.generateSecret("TlsPremasterSecret"),
            a -> a.doPhase(peer, true),
            a -> a.generateSecret(new byte[40], 8),
            a -> a.generateSecret(new byte[40], 8));
    int index = 0;
    for (Step step : steps) {
      assertEquals(
          TestKeys.outcome(() -> step.run(sun)),
          TestKeys.outcome(() -> step.run(ours)),
          "step " + index++);
    }
  }

  private interface Step {
    Object run(KeyAgreement agreement) throws Exception;
  }

  private static String init(KeyAgreement agreement, java.security.Key key) throws Exception {
    agreement.init(key);
    return "accepted";
  }

  @Test
  void secretKeys() throws Exception {
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH", OURS);
    agreement.init(TestKeys.EC.getPrivate());
    agreement.doPhase(TestKeys.EC.getPublic(), true);
    assertThrows(NoSuchAlgorithmException.class, () -> agreement.generateSecret("AES"));
    assertThrows(ShortBufferException.class, () -> agreement.generateSecret(new byte[3], 0));
    SecretKey key = agreement.generateSecret("TlsPremasterSecret");
    assertEquals("TlsPremasterSecret", key.getAlgorithm());
    assertEquals("RAW", key.getFormat());
    assertTrue(
        Arrays.equals(
            key.getEncoded(), agree(OURS, TestKeys.EC.getPrivate(), TestKeys.EC.getPublic())));
  }
}
