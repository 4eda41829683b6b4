package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.Rng;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.function.IntPredicate;
import javax.crypto.KeyGeneratorSpi;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Makes random secret keys. */
public final class SecretKeyGeneratorSpi extends KeyGeneratorSpi {
  /**
   * The lengths that a generator offers.
   *
   * @param defaultBits what it makes unless told otherwise
   * @param allowed whether it makes keys of so many bits
   * @param refusal what it says if not
   */
  public record Sizes(int defaultBits, IntPredicate allowed, String refusal) {}

  private final String algorithm;
  private final Sizes sizes;
  private int bits;
  private SecureRandom random;

  /** A generator of keys for {@code algorithm}. */
  public SecretKeyGeneratorSpi(String algorithm, Sizes sizes) {
    this.algorithm = algorithm;
    this.sizes = sizes;
    this.bits = sizes.defaultBits();
  }

  @Override
  protected void engineInit(SecureRandom source) {
    random = source;
  }

  @Override
  protected void engineInit(AlgorithmParameterSpec params, SecureRandom source)
      throws InvalidAlgorithmParameterException {
    throw new InvalidAlgorithmParameterException(
        algorithm + " key generation does not take any parameters");
  }

  @Override
  protected void engineInit(int keyBits, SecureRandom source) {
    if (!sizes.allowed().test(keyBits)) {
      throw new InvalidParameterException(sizes.refusal());
    }
    bits = keyBits;
    random = source;
  }

  @Override
  protected SecretKey engineGenerateKey() {
    byte[] key = new byte[(bits + 7) / 8];
    try {
      if (random == null) {
        Rng.fill(key, 0, key.length);
      } else {
        random.nextBytes(key);
      }
      return new SecretKeySpec(key, algorithm);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
