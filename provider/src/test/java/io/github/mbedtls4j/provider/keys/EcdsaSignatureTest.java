package io.github.mbedtls4j.provider.keys;

import static io.github.mbedtls4j.provider.keys.TestKeys.BC;
import static io.github.mbedtls4j.provider.keys.TestKeys.OURS;
import static io.github.mbedtls4j.provider.keys.TestKeys.SUN_EC;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.handle.Curve;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EcdsaSignatureTest {
  private static final List<String> DIGESTS =
      List.of("NONE", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512");

  static List<Curve> curves() {
    return TestKeys.curves();
  }

  @ParameterizedTest
  @MethodSource("curves")
  void bothWaysOnEveryCurve(Curve curve) throws Exception {
    KeyPair ours = TestKeys.ec(OURS, curve.standardName());
    KeyPair theirs = TestKeys.ec(BC, curve.standardName());
    for (String digest : DIGESTS) {
      byte[] message = new byte[digest.equals("NONE") ? 64 : 700];
      for (KeyPair pair : List.of(ours, theirs)) {
        for (String format : List.of("withECDSA", "withECDSAinP1363Format")) {
          String bcName = digest + (format.equals("withECDSA") ? "withECDSA" : "withPLAIN-ECDSA");
          byte[] ourSignature = sign(OURS, digest + format, pair.getPrivate(), message);
          byte[] again = sign(OURS, digest + format, pair.getPrivate(), message);
          assertArrayEquals(ourSignature, again);
          if (BC.getService("Signature", bcName) != null) {
            assertTrue(verify(BC, bcName, pair.getPublic(), message, ourSignature));
            byte[] theirSignature = sign(BC, bcName, pair.getPrivate(), message);
            assertTrue(verify(OURS, digest + format, pair.getPublic(), message, theirSignature));
          }
          message[5] ^= 1;
          assertFalse(verify(OURS, digest + format, pair.getPublic(), message, ourSignature));
          message[5] ^= 1;
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"secp256r1", "secp384r1", "secp521r1"})
  void bothWaysWithTheJdk(String curve) throws Exception {
    for (Provider source : List.of(OURS, SUN_EC)) {
      KeyPair pair = TestKeys.ec(source, curve);
      for (String digest : DIGESTS) {
        byte[] message = new byte[digest.equals("NONE") ? 50 : 3000];
        for (String format : List.of("withECDSA", "withECDSAinP1363Format")) {
          String algorithm = digest + format;
          byte[] ours = sign(OURS, algorithm, pair.getPrivate(), message);
          assertTrue(verify(SUN_EC, algorithm, pair.getPublic(), message, ours));
          byte[] theirs = sign(SUN_EC, algorithm, pair.getPrivate(), message);
          assertTrue(verify(OURS, algorithm, pair.getPublic(), message, theirs));
        }
      }
    }
  }

  private static byte[] sign(Provider provider, String algorithm, PrivateKey key, byte[] message)
      throws Exception {
    Signature signature = Signature.getInstance(algorithm, provider);
    signature.initSign(key);
    signature.update(message);
    return signature.sign();
  }

  private static boolean verify(
      Provider provider, String algorithm, PublicKey key, byte[] message, byte[] sig)
      throws Exception {
    Signature signature = Signature.getInstance(algorithm, provider);
    signature.initVerify(key);
    signature.update(message);
    return signature.verify(sig);
  }

  /** RFC 6979 A.2.5. */
  @ParameterizedTest
  @CsvSource({
    "SHA1,"
        + " 3044022061340c88c3aaebeb4f6d667f672ca9759a6ccaa9fa8811313039ee4a35471d3202206d7f147dac089441bb2e2fe8f7a3fa264b9c475098fdcf6e00d7c996e1b8b7eb",
    "SHA224,"
        + " 3045022053b2fff5d1752b2c689df257c04c40a587fababb3f6fc2702f1343af7ca9aa3f022100b9afb64fdc03dc1a131c7d2386d11e349f070aa432a4acc918bea988bf75c74c",
    "SHA256,"
        + " 3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
    "SHA384,"
        + " 304402200eafea039b20e9b42309fb1d89e213057cbf973dc0cfc8f129edddc800ef771902204861f0491e6998b9455193e34e7b0d284ddd7149a74b95b9261f13abde940954",
    "SHA512,"
        + " 30450221008496a60b5e9b47c825488827e0495b0e3fa109ec4568fd3f8d1097678eb97f0002202362ab1adbe2b8adf9cb9edab740ea6049c028114f2460f96554f61fae3302fe"
  })
  void rfc6979(String digest, String expected) throws Exception {
    ECParameterSpec p256 = ((ECPublicKey) TestKeys.EC.getPublic()).getParams();
    PrivateKey key =
        KeyFactory.getInstance("EC", OURS)
            .generatePrivate(
                new ECPrivateKeySpec(
                    new BigInteger(
                        "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721", 16),
                    p256));
    byte[] message = "sample".getBytes(StandardCharsets.US_ASCII);
    assertEquals(
        expected, HexFormat.of().formatHex(sign(OURS, digest + "withECDSA", key, message)));
    // A digest of the caller's gives the signature that its length belongs to.
    byte[] value = MessageDigest.getInstance(digest.replace("SHA", "SHA-")).digest(message);
    assertEquals(expected, HexFormat.of().formatHex(sign(OURS, "NONEwithECDSA", key, value)));
  }

  @Test
  void malformedSignaturesGiveWhatTheJdkGives() throws Exception {
    // The JDK's own keys, so that both see the same.
    KeyPair pair = TestKeys.SUN_EC_PAIR;
    byte[] good = sign(SUN_EC, "SHA256withECDSA", pair.getPrivate(), new byte[20]);
    List<byte[]> signatures =
        new java.util.ArrayList<>(
            List.of(
                good,
                new byte[0],
                Arrays.copyOf(good, good.length - 1),
                Arrays.copyOf(good, good.length + 1),
                new byte[good.length]));
    for (String hex :
        List.of(
            "3006020100020100",
            "3006020101020100",
            "3006020101020101",
            "300602018102017f",
            "300702020001020101",
            "300602010102010100",
            "30060201010201",
            "30820006020101020101",
            "3000",
            "3003020101",
            "3009020101020101020101",
            "020101",
            "3006820101020101",
            "30800201010201010000",
            "3007020200ff020101",
            "3026022100ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551020101")) {
      signatures.add(HexFormat.of().parseHex(hex));
    }
    for (byte[] sig : signatures) {
      assertEquals(
          TestKeys.outcome(
              () -> verify(SUN_EC, "SHA256withECDSA", pair.getPublic(), new byte[20], sig)),
          TestKeys.outcome(
              () -> verify(OURS, "SHA256withECDSA", pair.getPublic(), new byte[20], sig)),
          HexFormat.of().formatHex(sig));
    }
    for (int length : new int[] {0, 1, 2, 62, 63, 64, 65, 66, 128}) {
      assertFalse(
          verify(
              OURS,
              "SHA256withECDSAinP1363Format",
              pair.getPublic(),
              new byte[20],
              new byte[length]));
    }
  }

  @Test
  void parametersMustBeThoseOfTheKey() throws Exception {
    ECParameterSpec p256 = ((ECPublicKey) TestKeys.SUN_EC_PAIR.getPublic()).getParams();
    KeyPair p384 = TestKeys.ec(OURS, "secp384r1");
    Signature signature = Signature.getInstance("SHA256withECDSA", OURS);
    assertNull(signature.getParameters());
    signature.setParameter(p256);
    assertTrue(signature.getParameters().toString().contains("secp256r1"));
    assertThrows(InvalidKeyException.class, () -> signature.initSign(p384.getPrivate()));
    assertThrows(InvalidKeyException.class, () -> signature.initVerify(p384.getPublic()));
    signature.setParameter(null);
    signature.initSign(p384.getPrivate());
    assertThrows(InvalidAlgorithmParameterException.class, () -> signature.setParameter(p256));
  }

  @Test
  void rawInputIsLimited() throws Exception {
    Signature signature = Signature.getInstance("NONEwithECDSA", OURS);
    signature.initSign(TestKeys.EC.getPrivate());
    for (int length : new int[] {65, 128, 100_000}) {
      signature.update(new byte[length]);
      assertThrows(SignatureException.class, signature::sign);
    }
    signature.update(new byte[64]);
    assertTrue(signature.sign().length > 60);
  }

  @Test
  void smallPrivateValues() throws Exception {
    for (Curve curve : curves()) {
      KeyPair pair = TestKeys.ec(OURS, curve.standardName());
      ECParameterSpec spec = ((ECPublicKey) pair.getPublic()).getParams();
      for (BigInteger s : List.of(BigInteger.ONE, curve.n().subtract(BigInteger.ONE))) {
        ECPrivateKey key =
            (ECPrivateKey)
                KeyFactory.getInstance("EC", OURS).generatePrivate(new ECPrivateKeySpec(s, spec));
        assertEquals(s, key.getS());
        assertTrue(sign(OURS, "SHA512withECDSA", key, new byte[1]).length > 0);
      }
    }
  }
}
