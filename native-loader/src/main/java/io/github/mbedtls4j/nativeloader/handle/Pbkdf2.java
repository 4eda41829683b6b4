package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.MbedTls;
import java.util.Arrays;

/** PBKDF2 (RFC 8018, section 5.2) with HMAC of any digest. */
public final class Pbkdf2 {
  private static final boolean NATIVE = MbedTls.hasFunction("mbedtls_pkcs5_pbkdf2_hmac");

  private Pbkdf2() {}

  /**
   * Derives a key.
   *
   * @param length in bytes
   */
  public static byte[] derive(Hash hash, byte[] password, byte[] salt, int iterations, int length) {
    if (length == 0) {
      return new byte[0];
    }
    if (NATIVE && !hash.isSha512t()) {
      // All iterations in one call.
      try (MdContext context = MdContext.forHmac(hash)) {
        return context.pbkdf2(password, salt, iterations, length);
      }
    }
    return compose(hash, password, salt, iterations, length);
  }

  private static byte[] compose(
      Hash hash, byte[] password, byte[] salt, int iterations, int length) {
    byte[] derived = new byte[length];
    try (Hmac hmac = new Hmac(hash)) {
      hmac.key(password);
      for (int at = 0, counter = 1; at < length; at += hash.length(), counter++) {
        hmac.update(salt, 0, salt.length);
        hmac.update(bigEndian(counter), 0, Integer.BYTES);
        byte[] u = hmac.finish();
        byte[] sum = u.clone();
        for (int i = 1; i < iterations; i++) {
          hmac.update(u, 0, u.length);
          u = hmac.finish();
          for (int j = 0; j < sum.length; j++) {
            sum[j] ^= u[j];
          }
        }
        System.arraycopy(sum, 0, derived, at, Math.min(sum.length, length - at));
        Arrays.fill(sum, (byte) 0);
        Arrays.fill(u, (byte) 0);
      }
    }
    return derived;
  }

  private static byte[] bigEndian(int value) {
    return new byte[] {
      (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
    };
  }
}
