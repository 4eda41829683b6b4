package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/ecdh.h}. */
public final class Ecdh {
  static {
    LoadedLibrary.register(Ecdh.class);
  }

  private Ecdh() {}

  public static native int mbedtls_ecdh_compute_shared(
      long grp, long z, long q, long d, long f_rng, long p_rng);

  public static native void mbedtls_ecdh_init(long ctx);

  public static native void mbedtls_ecdh_free(long ctx);

  public static native int mbedtls_ecdh_setup(long ctx, int grp_id);

  public static native int mbedtls_ecdh_get_params(long ctx, long key, int side);

  public static native int mbedtls_ecdh_read_public(long ctx, long buf, long blen);

  public static native int mbedtls_ecdh_calc_secret(
      long ctx, long olen, long buf, long blen, long f_rng, long p_rng);
}
