package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/rsa.h}. */
public final class Rsa {
  static {
    LoadedLibrary.register(Rsa.class);
  }

  private Rsa() {}

  public static final int MBEDTLS_RSA_PUBLIC = 0;
  public static final int MBEDTLS_RSA_PRIVATE = 1;

  public static final int MBEDTLS_ERR_RSA_INVALID_PADDING = -0x4100;
  public static final int MBEDTLS_ERR_RSA_PUBLIC_FAILED = -0x4280;
  public static final int MBEDTLS_ERR_RSA_VERIFY_FAILED = -0x4380;

  public static final int MBEDTLS_RSA_PKCS_V15 = 0;
  public static final int MBEDTLS_RSA_PKCS_V21 = 1;

  public static native void mbedtls_rsa_init(long ctx, int padding, int hash_id);

  public static native void mbedtls_rsa_free(long ctx);

  public static native int mbedtls_rsa_import_raw(
      long ctx,
      long n,
      long nLen,
      long p,
      long pLen,
      long q,
      long qLen,
      long d,
      long dLen,
      long e,
      long eLen);

  public static native int mbedtls_rsa_complete(long ctx);

  public static native int mbedtls_rsa_copy(long dst, long src);

  public static native int mbedtls_rsa_check_pubkey(long ctx);

  public static native int mbedtls_rsa_check_privkey(long ctx);

  public static native int mbedtls_rsa_gen_key(
      long ctx, long f_rng, long p_rng, int nbits, int exponent);

  public static native int mbedtls_rsa_export(long ctx, long n, long p, long q, long d, long e);

  public static native int mbedtls_rsa_export_crt(long ctx, long dp, long dq, long qp);

  public static native int mbedtls_rsa_public(long ctx, long input, long output);

  public static native int mbedtls_rsa_private(
      long ctx, long f_rng, long p_rng, long input, long output);

  public static native int mbedtls_rsa_rsassa_pkcs1_v15_sign(
      long ctx, long f_rng, long p_rng, int mode, int md_alg, int hashlen, long hash, long sig);

  public static native int mbedtls_rsa_rsassa_pkcs1_v15_verify(
      long ctx, long f_rng, long p_rng, int mode, int md_alg, int hashlen, long hash, long sig);
}
