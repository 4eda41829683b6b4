package io.github.mbedtls4j.provider.internal.kdf;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.nativeloader.handle.Hkdf;
import java.security.InvalidAlgorithmParameterException;
import java.util.Arrays;

/** HKDF with the checks that its three interfaces share. */
public final class HkdfCore {
  private static final byte[] NOTHING = {};

  private HkdfCore() {}

  /** The longest output in bytes. */
  public static int maximumLength(Hash hash) {
    return Hkdf.MAX_BLOCKS * hash.length();
  }

  /** Extracts a pseudorandom key. */
  public static byte[] extract(Hash hash, byte[] salt, byte[] keyMaterial) {
    return Hkdf.extract(hash, orEmpty(salt), orEmpty(keyMaterial));
  }

  /** Expands a pseudorandom key. */
  public static byte[] expand(Hash hash, byte[] key, byte[] info, int length)
      throws InvalidAlgorithmParameterException {
    checkLength(hash, length);
    if (key == null || key.length < hash.length()) {
      throw new InvalidAlgorithmParameterException(
          "the pseudorandom key must have at least " + hash.length() + " bytes");
    }
    return Hkdf.expand(hash, key, orEmpty(info), length);
  }

  /** Extracts and expands. */
  public static byte[] derive(Hash hash, byte[] keyMaterial, byte[] salt, byte[] info, int length)
      throws InvalidAlgorithmParameterException {
    checkLength(hash, length);
    byte[] key = extract(hash, salt, keyMaterial);
    try {
      return Hkdf.expand(hash, key, orEmpty(info), length);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static void checkLength(Hash hash, int length) throws InvalidAlgorithmParameterException {
    if (length <= 0) {
      throw new IllegalArgumentException("length must be positive: " + length);
    }
    if (length > maximumLength(hash)) {
      throw new InvalidAlgorithmParameterException(
          "length must be at most " + maximumLength(hash) + ": " + length);
    }
  }

  private static byte[] orEmpty(byte[] bytes) {
    return bytes == null ? NOTHING : bytes;
  }
}
