package io.github.mbedtls4j.nativeloader.binding;

import com.sun.jna.Callback;

/** {@code mbedtls/pk.h}. */
public final class Pk {
  static {
    LoadedLibrary.register(Pk.class);
  }

  private Pk() {}

  public static final int MBEDTLS_PK_ECKEY = 2;
  public static final int MBEDTLS_PK_ECDSA = 4;

  public static final int MBEDTLS_ERR_PK_HW_ACCEL_FAILED = -0x3880;

  /** {@code sign_func} of {@code mbedtls_pk_info_t}. */
  public interface SignFunc extends Callback {
    int invoke(
        long ctx,
        int md_alg,
        long hash,
        long hash_len,
        long sig,
        long sig_len,
        long f_rng,
        long p_rng);
  }

  public static native void mbedtls_pk_init(long ctx);

  public static native void mbedtls_pk_free(long ctx);

  public static native long mbedtls_pk_info_from_type(int pk_type);

  public static native int mbedtls_pk_setup(long ctx, long info);

  public static native long mbedtls_pk_get_name(long ctx);

  public static native int mbedtls_pk_sign(
      long ctx,
      int md_alg,
      long hash,
      long hash_len,
      long sig,
      long sig_len,
      long f_rng,
      long p_rng);

  public static native int mbedtls_pk_parse_key(
      long ctx, long key, long keylen, long pwd, long pwdlen);

  public static native int mbedtls_pk_parse_public_key(long ctx, long key, long keylen);
}
