package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/gcm.h}. */
public final class Gcm {
  static {
    LoadedLibrary.register(Gcm.class);
  }

  private Gcm() {}

  public static native void mbedtls_gcm_init(long ctx);

  public static native void mbedtls_gcm_free(long ctx);

  public static native int mbedtls_gcm_setkey(long ctx, int cipher, long key, int keybits);

  public static native int mbedtls_gcm_starts(
      long ctx, int mode, long iv, long iv_len, long add, long add_len);

  public static native int mbedtls_gcm_update(long ctx, long length, long input, long output);

  public static native int mbedtls_gcm_finish(long ctx, long tag, long tag_len);
}
