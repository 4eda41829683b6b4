package io.github.mbedtls4j.nativeloader.binding;

/** The part of {@code mbedtls/aes.h} that needs {@code MBEDTLS_CIPHER_MODE_CFB}. */
public final class AesCfb8 {
  static {
    LoadedLibrary.register(AesCfb8.class);
  }

  private AesCfb8() {}

  public static native int mbedtls_aes_crypt_cfb8(
      long ctx, int mode, long length, long iv, long input, long output);
}
