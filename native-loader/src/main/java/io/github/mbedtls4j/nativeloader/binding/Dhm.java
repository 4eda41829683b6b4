package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/dhm.h}. */
public final class Dhm {
  static {
    LoadedLibrary.register(Dhm.class);
  }

  private Dhm() {}

  public static native void mbedtls_dhm_init(long ctx);

  public static native void mbedtls_dhm_free(long ctx);

  public static native int mbedtls_dhm_set_group(long ctx, long p, long g);

  public static native int mbedtls_dhm_read_public(long ctx, long input, long ilen);

  public static native int mbedtls_dhm_calc_secret(
      long ctx, long output, long output_size, long olen, long f_rng, long p_rng);
}
