package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/arc4.h}. */
public final class Arc4 {
  static {
    LoadedLibrary.register(Arc4.class);
  }

  private Arc4() {}

  public static native void mbedtls_arc4_init(long ctx);

  public static native void mbedtls_arc4_free(long ctx);

  public static native void mbedtls_arc4_setup(long ctx, long key, int keylen);

  public static native int mbedtls_arc4_crypt(long ctx, long length, long input, long output);
}
