package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.Rng;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.KeyGeneratorSpi;
import javax.crypto.SecretKey;
import javax.crypto.spec.DESKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Makes keys for DES and triple DES, with odd parity, as SunJCE does. */
public final class DesKeyGeneratorSpi extends KeyGeneratorSpi {
  private static final int KEY = 8;

  private final boolean triple;
  private int bits;
  private SecureRandom random;

  /** A generator for triple DES or DES. */
  public DesKeyGeneratorSpi(boolean triple) {
    this.triple = triple;
    bits = triple ? 168 : 56;
  }

  @Override
  protected void engineInit(SecureRandom source) {
    random = source;
  }

  @Override
  protected void engineInit(AlgorithmParameterSpec params, SecureRandom source)
      throws InvalidAlgorithmParameterException {
    throw new InvalidAlgorithmParameterException("DES key generation does not take any parameters");
  }

  @Override
  protected void engineInit(int keyBits, SecureRandom source) {
    if (triple ? keyBits != 112 && keyBits != 168 : keyBits != 56) {
      throw new InvalidParameterException(
          "Wrong keysize: must be equal to " + (triple ? "112 or 168" : "56"));
    }
    bits = keyBits;
    random = source;
  }

  @Override
  protected SecretKey engineGenerateKey() {
    byte[] key = randomKey(bits == 56 ? KEY : bits == 112 ? 2 * KEY : 3 * KEY);
    if (bits == 112) {
      byte[] two = key;
      key = Arrays.copyOf(two, 3 * KEY);
      System.arraycopy(two, 0, key, 2 * KEY, KEY);
      Arrays.fill(two, (byte) 0);
    }
    try {
      return new SecretKeySpec(key, triple ? "DESede" : "DES");
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private byte[] randomKey(int length) {
    byte[] key = new byte[length];
    do {
      if (random == null) {
        Rng.fill(key, 0, length);
      } else {
        random.nextBytes(key);
      }
      DesParity.set(key);
    } while (!triple && weak(key));
    return key;
  }

  private static boolean weak(byte[] key) {
    try {
      return DESKeySpec.isWeak(key, 0);
    } catch (InvalidKeyException e) {
      throw new AssertionError(e); // the key is long enough
    }
  }
}
