package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/ctr_drbg.h}. */
public final class CtrDrbg {
  static {
    LoadedLibrary.register(CtrDrbg.class);
  }

  private CtrDrbg() {}

  public static final int MBEDTLS_CTR_DRBG_MAX_REQUEST = 1024;
  public static final int MBEDTLS_CTR_DRBG_MAX_INPUT = 256;

  public static native void mbedtls_ctr_drbg_init(long ctx);

  public static native void mbedtls_ctr_drbg_free(long ctx);

  public static native int mbedtls_ctr_drbg_seed(
      long ctx, long f_entropy, long p_entropy, long custom, long len);

  public static native int mbedtls_ctr_drbg_reseed(long ctx, long additional, long len);

  public static native int mbedtls_ctr_drbg_random_with_add(
      long p_rng, long output, long output_len, long additional, long add_len);

  public static native int mbedtls_ctr_drbg_random(long ctx, long output, long output_len);
}
