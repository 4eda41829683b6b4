package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/xtea.h}. */
public final class Xtea {
  static {
    LoadedLibrary.register(Xtea.class);
  }

  private Xtea() {}

  public static native void mbedtls_xtea_init(long ctx);

  public static native void mbedtls_xtea_free(long ctx);

  public static native void mbedtls_xtea_setup(long ctx, long key);

  public static native int mbedtls_xtea_crypt_ecb(long ctx, int mode, long input, long output);

  public static native int mbedtls_xtea_crypt_cbc(
      long ctx, int mode, long length, long iv, long input, long output);
}
