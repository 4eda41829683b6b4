package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/hmac_drbg.h}. */
public final class HmacDrbg {
  static {
    LoadedLibrary.register(HmacDrbg.class);
  }

  private HmacDrbg() {}

  public static native void mbedtls_hmac_drbg_init(long ctx);

  public static native void mbedtls_hmac_drbg_free(long ctx);

  public static native int mbedtls_hmac_drbg_seed(
      long ctx, long md_info, long f_entropy, long p_entropy, long custom, long len);

  public static native int mbedtls_hmac_drbg_reseed(long ctx, long additional, long len);

  public static native int mbedtls_hmac_drbg_random_with_add(
      long p_rng, long output, long output_len, long additional, long add_len);
}
