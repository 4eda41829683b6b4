package io.github.mbedtls4j.nativeloader.handle;

import java.util.Arrays;

/**
 * HKDF (RFC 5869) over HMAC of any digest. {@code mbedtls_hkdf} would do no more than the same few
 * HMACs, and lacks SHA-512/t.
 */
public final class Hkdf {
  /** The output has at most this many digests. */
  public static final int MAX_BLOCKS = 255;

  private Hkdf() {}

  /** The pseudorandom key; an empty salt counts as one of zeros. */
  public static byte[] extract(Hash hash, byte[] salt, byte[] keyMaterial) {
    try (Hmac hmac = new Hmac(hash)) {
      hmac.key(salt);
      hmac.update(keyMaterial, 0, keyMaterial.length);
      return hmac.finish();
    }
  }

  /**
   * Derives output from a pseudorandom key.
   *
   * @param length at most {@link #MAX_BLOCKS} digests
   */
  public static byte[] expand(Hash hash, byte[] pseudorandomKey, byte[] info, int length) {
    byte[] output = new byte[length];
    byte[] block = {};
    try (Hmac hmac = new Hmac(hash)) {
      hmac.key(pseudorandomKey);
      for (int at = 0, counter = 1; at < length; at += block.length, counter++) {
        hmac.update(block, 0, block.length);
        hmac.update(info, 0, info.length);
        hmac.update(new byte[] {(byte) counter}, 0, 1);
        Arrays.fill(block, (byte) 0);
        block = hmac.finish();
        System.arraycopy(block, 0, output, at, Math.min(block.length, length - at));
      }
    }
    Arrays.fill(block, (byte) 0);
    return output;
  }
}
