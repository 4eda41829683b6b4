package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Poly1305;

/** Poly1305 (RFC 8439 section 2.5): {@code mbedtls_poly1305_mac}. */
public final class Poly1305Mac {
  /** The length of a key in bytes. */
  public static final int KEY = 32;

  /** The length of a tag in bytes. */
  public static final int TAG = 16;

  private Poly1305Mac() {}

  /** Whether the library has it. */
  public static boolean supported() {
    return ContextType.POLY1305.size() > 0;
  }

  /**
   * The tag of a message's first bytes.
   *
   * @param key {@link #KEY} bytes
   */
  public static byte[] of(byte[] key, byte[] message, int length) {
    try (NativeBuffer k = NativeBuffer.of(key);
        NativeBuffer m = NativeBuffer.of(message, 0, length);
        NativeBuffer tag = NativeBuffer.allocate(TAG)) {
      MbedTlsException.check(
          "mbedtls_poly1305_mac",
          Poly1305.mbedtls_poly1305_mac(k.address(), m.address(), length, tag.address()));
      return tag.bytes(0, TAG);
    }
  }
}
