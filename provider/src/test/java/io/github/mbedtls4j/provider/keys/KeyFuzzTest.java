package io.github.mbedtls4j.provider.keys;

import static io.github.mbedtls4j.provider.keys.TestKeys.OURS;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is in an encoding: it is a key or a checked exception. */
class KeyFuzzTest {
  private static final int MUTATIONS = 10_000;

  /** Keys that still parse are used now and then: that is where the native code meets them. */
  private static final int USE_EVERY = 500;

  @Test
  void rsaPublic() throws Exception {
    fuzz(TestKeys.RSA.getPublic(), 1);
  }

  @Test
  void rsaPrivate() throws Exception {
    fuzz(TestKeys.RSA.getPrivate(), 2);
  }

  @Test
  void rsaPrivateWithoutCrt() throws Exception {
    RSAPrivateKey key = (RSAPrivateKey) TestKeys.RSA.getPrivate();
    fuzz(
        KeyFactory.getInstance("RSA", OURS)
            .generatePrivate(new RSAPrivateKeySpec(key.getModulus(), key.getPrivateExponent())),
        3);
  }

  @Test
  void ecPublic() throws Exception {
    fuzz(TestKeys.EC.getPublic(), 4);
  }

  @Test
  void ecPrivate() throws Exception {
    fuzz(TestKeys.ec(TestKeys.BC, "secp256r1").getPrivate(), 5);
  }

  private static void fuzz(Key key, int seed) throws Exception {
    Random random = new Random(seed);
    KeyFactory factory = KeyFactory.getInstance(key.getAlgorithm(), OURS);
    byte[] encoding = key.getEncoded();
    int parsed = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutated = mutate(encoding, random);
      try {
        if (key instanceof PublicKey) {
          PublicKey other = factory.generatePublic(new X509EncodedKeySpec(mutated));
          if (parsed++ % USE_EVERY == 0) {
            verify(other);
          }
        } else {
          PrivateKey other = factory.generatePrivate(new PKCS8EncodedKeySpec(mutated));
          if (parsed++ % USE_EVERY == 0) {
            sign(other);
          }
        }
      } catch (GeneralSecurityException e) {
        // What a caller expects.
      }
    }
  }

  static byte[] mutate(byte[] encoding, Random random) {
    byte[] mutated = encoding.clone();
    switch (random.nextInt(4)) {
      case 0 -> mutated = Arrays.copyOf(mutated, random.nextInt(mutated.length));
      case 1 -> mutated = Arrays.copyOf(mutated, mutated.length + 1 + random.nextInt(9));
      default -> {
        // The headers are at the beginning.
        int bound = random.nextBoolean() ? 64 : mutated.length;
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
          int at = random.nextInt(Math.min(bound, mutated.length));
          mutated[at] = (byte) (random.nextBoolean() ? random.nextInt() : mutated[at] ^ 1);
        }
      }
    }
    return mutated;
  }

  private static void sign(PrivateKey key) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm(key), OURS);
    signature.initSign(key);
    signature.sign();
  }

  private static void verify(PublicKey key) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm(key), OURS);
    signature.initVerify(key);
    signature.verify(new byte[64]);
  }

  private static String algorithm(Key key) {
    return key.getAlgorithm().equals("RSA") ? "SHA1withRSA" : "SHA256withECDSA";
  }
}
