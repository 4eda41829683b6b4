package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/entropy.h}. */
public final class Entropy {
  static {
    LoadedLibrary.register(Entropy.class);
  }

  private Entropy() {}

  public static final int MBEDTLS_ENTROPY_BLOCK_SIZE = 64;

  public static native void mbedtls_entropy_init(long ctx);

  public static native void mbedtls_entropy_free(long ctx);

  public static native int mbedtls_entropy_func(long data, long output, long len);
}
