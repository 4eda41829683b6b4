package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/chacha20.h}. */
public final class Chacha20 {
  static {
    LoadedLibrary.register(Chacha20.class);
  }

  private Chacha20() {}

  public static native void mbedtls_chacha20_init(long ctx);

  public static native void mbedtls_chacha20_free(long ctx);

  public static native int mbedtls_chacha20_setkey(long ctx, long key);

  public static native int mbedtls_chacha20_starts(long ctx, long nonce, int counter);

  public static native int mbedtls_chacha20_update(long ctx, long size, long input, long output);
}
