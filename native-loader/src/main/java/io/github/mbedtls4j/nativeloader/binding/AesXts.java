package io.github.mbedtls4j.nativeloader.binding;

/** The XTS part of {@code mbedtls/aes.h}, which a build may lack. */
public final class AesXts {
  static {
    LoadedLibrary.register(AesXts.class);
  }

  private AesXts() {}

  public static native void mbedtls_aes_xts_init(long ctx);

  public static native void mbedtls_aes_xts_free(long ctx);

  public static native int mbedtls_aes_xts_setkey_enc(long ctx, long key, int keybits);

  public static native int mbedtls_aes_xts_setkey_dec(long ctx, long key, int keybits);

  public static native int mbedtls_aes_crypt_xts(
      long ctx, int mode, long length, long data_unit, long input, long output);
}
