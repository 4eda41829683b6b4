package io.github.mbedtls4j.provider.keys;

import static io.github.mbedtls4j.provider.keys.TestKeys.BC;
import static io.github.mbedtls4j.provider.keys.TestKeys.OURS;
import static io.github.mbedtls4j.provider.keys.TestKeys.SUN_RSA;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RsaSignatureTest {
  static List<String> algorithms() {
    return OURS.getServices().stream()
        .filter(s -> s.getType().equals("Signature") && s.getAlgorithm().endsWith("withRSA"))
        .map(Provider.Service::getAlgorithm)
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void signaturesAreThoseOfOtherProviders(String algorithm) throws Exception {
    Provider other = SUN_RSA.getService("Signature", algorithm) != null ? SUN_RSA : BC;
    Random random = new Random(1);
    for (KeyPair pair : List.of(TestKeys.RSA, TestKeys.SUN_RSA_PAIR)) {
      for (int length : new int[] {0, 1, 20, 100, 512, 513, 40_000}) {
        boolean raw = algorithm.startsWith("NONE");
        byte[] message = new byte[raw ? length % 110 : length];
        random.nextBytes(message);
        byte[] ours = sign(OURS, algorithm, pair.getPrivate(), message);
        byte[] theirs = sign(other, algorithm, pair.getPrivate(), message);
        assertArrayEquals(theirs, ours);
        assertTrue(verify(OURS, algorithm, pair.getPublic(), message, theirs));
        ours[length % ours.length] ^= 0x10;
        assertFalse(verify(OURS, algorithm, pair.getPublic(), message, ours));
      }
    }
  }

  private static byte[] sign(Provider provider, String algorithm, PrivateKey key, byte[] message)
      throws Exception {
    Signature signature = Signature.getInstance(algorithm, provider);
    signature.initSign(key);
    int half = message.length / 2;
    signature.update(message, 0, half);
    signature.update(ByteBuffer.wrap(message, half, message.length - half));
    return signature.sign();
  }

  private static boolean verify(
      Provider provider, String algorithm, PublicKey key, byte[] message, byte[] sig)
      throws Exception {
    Signature signature = Signature.getInstance(algorithm, provider);
    signature.initVerify(key);
    for (byte octet : message) {
      signature.update(octet);
    }
    return signature.verify(sig);
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1000, 2048, 8192})
  void keySizes(int bits) throws Exception {
    // A modulus that nobody can factor serves to verify.
    PublicKey key = (bits <= 2048 ? TestKeys.rsa(SUN_RSA, bits) : TestKeys.RSA).getPublic();
    if (bits > 2048) {
      BigInteger n = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
      key =
          KeyFactory.getInstance("RSA", OURS)
              .generatePublic(
                  new java.security.spec.RSAPublicKeySpec(n, RSAKeyGenParameterSpec.F4));
    }
    int length = (((RSAPublicKey) key).getModulus().bitLength() + 7) / 8;
    assertFalse(verify(OURS, "SHA1withRSA", key, new byte[3], new byte[length]));
    byte[] tooLarge = new byte[length];
    java.util.Arrays.fill(tooLarge, (byte) 0xFF);
    assertFalse(verify(OURS, "SHA1withRSA", key, new byte[3], tooLarge));
  }

  @Test
  void wrongLengthIsAnException() throws Exception {
    Signature ours = Signature.getInstance("SHA256withRSA", OURS);
    Signature sun = Signature.getInstance("SHA256withRSA", SUN_RSA);
    ours.initVerify(TestKeys.RSA.getPublic());
    sun.initVerify(TestKeys.RSA.getPublic());
    for (int length : new int[] {0, 1, 127, 129, 256}) {
      SignatureException theirs =
          assertThrows(SignatureException.class, () -> sun.verify(new byte[length]));
      assertEquals(
          theirs.getMessage(),
          assertThrows(SignatureException.class, () -> ours.verify(new byte[length])).getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void shortKeysAreRefusedAtInit(String algorithm) throws Exception {
    if (SUN_RSA.getService("Signature", algorithm) == null) {
      return;
    }
    KeyPair pair = TestKeys.rsa(SUN_RSA, 512);
    Signature ours = Signature.getInstance(algorithm, OURS);
    Signature sun = Signature.getInstance(algorithm, SUN_RSA);
    for (Key key : List.of(pair.getPrivate(), pair.getPublic())) {
      assertEquals(TestKeys.outcome(() -> init(sun, key)), TestKeys.outcome(() -> init(ours, key)));
    }
  }

  private static String init(Signature signature, Key key) throws InvalidKeyException {
    if (key instanceof PrivateKey privateKey) {
      signature.initSign(privateKey);
    } else {
      signature.initVerify((PublicKey) key);
    }
    return "accepted";
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 17, 257, 65537, 65539})
  void keysWithoutCrtNumbersSign(int e) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", SUN_RSA);
    generator.initialize(new RSAKeyGenParameterSpec(1024, BigInteger.valueOf(e)));
    KeyPair pair = generator.generateKeyPair();
    RSAPrivateCrtKey crt = (RSAPrivateCrtKey) pair.getPrivate();
    RSAPrivateKeySpec bare = new RSAPrivateKeySpec(crt.getModulus(), crt.getPrivateExponent());
    byte[] expected = sign(SUN_RSA, "SHA256withRSA", crt, new byte[9]);
    for (Provider provider : List.of(OURS, SUN_RSA)) {
      PrivateKey key = KeyFactory.getInstance("RSA", provider).generatePrivate(bare);
      assertArrayEquals(expected, sign(OURS, "SHA256withRSA", key, new byte[9]));
    }
  }

  @Test
  void numbersThatDoNotBelongTogetherAreRefused() throws Exception {
    RSAPrivateCrtKey key = (RSAPrivateCrtKey) TestKeys.RSA.getPrivate();
    BigInteger two = BigInteger.TWO;
    KeyFactory factory = KeyFactory.getInstance("RSA", OURS);
    Signature signature = Signature.getInstance("SHA256withRSA", OURS);
    BigInteger[] good = {
      key.getModulus(),
      key.getPublicExponent(),
      key.getPrivateExponent(),
      key.getPrimeP(),
      key.getPrimeQ()
    };
    for (int wrong = 0; wrong < good.length; wrong++) {
      BigInteger[] v = good.clone();
      v[wrong] = v[wrong].add(two);
      PrivateKey bad =
          factory.generatePrivate(
              new RSAPrivateCrtKeySpec(
                  v[0],
                  v[1],
                  v[2],
                  v[3],
                  v[4],
                  key.getPrimeExponentP(),
                  key.getPrimeExponentQ(),
                  key.getCrtCoefficient()));
      assertThrows(InvalidKeyException.class, () -> signature.initSign(bad));
    }
    PrivateKey bare = factory.generatePrivate(new RSAPrivateKeySpec(good[0], good[2].add(two)));
    assertThrows(InvalidKeyException.class, () -> signature.initSign(bare));
  }

  @Test
  void rawDataMustFitTheKey() throws Exception {
    Signature signature = Signature.getInstance("NONEwithRSA", OURS);
    signature.initSign(TestKeys.RSA.getPrivate());
    for (int length : new int[] {118, 1013, 1014, 5000}) {
      signature.update(new byte[length]);
      assertThrows(SignatureException.class, signature::sign);
    }
    signature.update(new byte[117]);
    assertEquals(128, signature.sign().length);
  }
}
