package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/chachapoly.h}. */
public final class ChachaPoly {
  static {
    LoadedLibrary.register(ChachaPoly.class);
  }

  private ChachaPoly() {}

  public static final int MBEDTLS_CHACHAPOLY_ENCRYPT = 0;
  public static final int MBEDTLS_CHACHAPOLY_DECRYPT = 1;

  public static native void mbedtls_chachapoly_init(long ctx);

  public static native void mbedtls_chachapoly_free(long ctx);

  public static native int mbedtls_chachapoly_setkey(long ctx, long key);

  public static native int mbedtls_chachapoly_starts(long ctx, long nonce, int mode);

  public static native int mbedtls_chachapoly_update_aad(long ctx, long aad, long aad_len);

  public static native int mbedtls_chachapoly_update(long ctx, long len, long input, long output);

  public static native int mbedtls_chachapoly_finish(long ctx, long mac);
}
