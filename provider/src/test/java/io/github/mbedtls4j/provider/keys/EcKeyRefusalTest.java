package io.github.mbedtls4j.provider.keys;

import static io.github.mbedtls4j.provider.keys.TestKeys.OURS;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcKeyRefusalTest {
  private final ECPublicKey key = (ECPublicKey) TestKeys.EC.getPublic();
  private final ECParameterSpec p256 = key.getParams();
  private final KeyFactory factory = factory();

  private static KeyFactory factory() {
    try {
      return KeyFactory.getInstance("EC", OURS);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void pointsMustBeOnTheCurve() {
    BigInteger p = new BigInteger(1, key.getEncoded()).setBit(400);
    for (ECPoint point :
        List.of(
            new ECPoint(BigInteger.ONE, BigInteger.ONE),
            new ECPoint(BigInteger.ZERO, BigInteger.ZERO),
            new ECPoint(p, BigInteger.ONE),
            new ECPoint(BigInteger.ONE.negate(), BigInteger.ONE),
            new ECPoint(key.getW().getAffineX(), key.getW().getAffineY().add(BigInteger.ONE)))) {
      assertThrows(
          InvalidKeySpecException.class,
          () -> factory.generatePublic(new ECPublicKeySpec(point, p256)));
    }
    byte[] encoding = key.getEncoded();
    encoding[encoding.length - 1] ^= 1;
    assertThrows(
        InvalidKeySpecException.class,
        () -> factory.generatePublic(new X509EncodedKeySpec(encoding)));
  }

  @Test
  void privateValuesMustBeBelowTheOrder() {
    BigInteger n = p256.getOrder();
    for (BigInteger s :
        List.of(
            BigInteger.ZERO, BigInteger.ONE.negate(), n, n.add(BigInteger.ONE), n.shiftLeft(9))) {
      assertThrows(
          InvalidKeySpecException.class,
          () -> factory.generatePrivate(new ECPrivateKeySpec(s, p256)));
    }
  }

  @Test
  void curvesMustBeKnown() {
    ECParameterSpec other =
        new ECParameterSpec(
            new EllipticCurve(p256.getCurve().getField(), p256.getCurve().getA(), BigInteger.TEN),
            p256.getGenerator(),
            p256.getOrder(),
            1);
    assertThrows(
        InvalidKeySpecException.class,
        () -> factory.generatePublic(new ECPublicKeySpec(key.getW(), other)));
    assertThrows(
        InvalidKeySpecException.class,
        () -> factory.generatePrivate(new ECPrivateKeySpec(BigInteger.TEN, other)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A compressed point.
        "3039301306072a8648ce3d020106082a8648ce3d030107032200026b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
        // The point at infinity.
        "3019301306072a8648ce3d020106082a8648ce3d03010703020000",
        // secp112r1.
        "3032301006072a8648ce3d020106052b81040006031e000409487239995a5ee76b55f9c2f098a89ce5af8724c0a23e0e0ff77500",
        // No parameters.
        "3018300906072a8648ce3d0201030b0004000000000000000000"
      })
  void refusesPublicEncodings(String hex) {
    byte[] encoding = HexFormat.of().parseHex(hex);
    assertThrows(
        InvalidKeySpecException.class,
        () -> factory.generatePublic(new X509EncodedKeySpec(encoding)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Names secp384r1 inside and secp256r1 outside.
        "302f020100301306072a8648ce3d020106082a8648ce3d030107041530130201010405010203040506a00706052b81040022",
        // Version 2 inside.
        "3026020100301306072a8648ce3d020106082a8648ce3d030107040c300a0201020405010203040506",
        // Version 3 outside.
        "3026020102301306072a8648ce3d020106082a8648ce3d030107040c300a0201010405010203040506"
      })
  void refusesPrivateEncodings(String hex) {
    byte[] encoding = HexFormat.of().parseHex(hex);
    assertThrows(
        InvalidKeySpecException.class,
        () -> factory.generatePrivate(new PKCS8EncodedKeySpec(encoding)));
  }
}
