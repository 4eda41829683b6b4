package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/md.h}. */
public final class Md {
  static {
    LoadedLibrary.register(Md.class);
  }

  private Md() {}

  public static native long mbedtls_md_info_from_type(int md_type);

  public static native void mbedtls_md_init(long ctx);

  public static native void mbedtls_md_free(long ctx);

  public static native int mbedtls_md_setup(long ctx, long md_info, int hmac);

  public static native int mbedtls_md_clone(long dst, long src);

  public static native int mbedtls_md_starts(long ctx);

  public static native int mbedtls_md_update(long ctx, long input, long ilen);

  public static native int mbedtls_md_finish(long ctx, long output);

  public static native int mbedtls_md(long md_info, long input, long ilen, long output);
}
