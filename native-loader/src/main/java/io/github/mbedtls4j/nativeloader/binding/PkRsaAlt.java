package io.github.mbedtls4j.nativeloader.binding;

import com.sun.jna.Callback;

/** {@code mbedtls/pk.h}, with {@code MBEDTLS_PK_RSA_ALT_SUPPORT}. */
public final class PkRsaAlt {
  static {
    LoadedLibrary.register(PkRsaAlt.class);
  }

  private PkRsaAlt() {}

  /** {@code mbedtls_pk_rsa_alt_decrypt_func}. */
  public interface DecryptFunc extends Callback {
    int invoke(long ctx, int mode, long olen, long input, long output, long output_max_len);
  }

  /** {@code mbedtls_pk_rsa_alt_sign_func}. */
  public interface SignFunc extends Callback {
    int invoke(
        long ctx, long f_rng, long p_rng, int mode, int md_alg, int hashlen, long hash, long sig);
  }

  /** {@code mbedtls_pk_rsa_alt_key_len_func}. */
  public interface KeyLenFunc extends Callback {
    long invoke(long ctx);
  }

  public static native int mbedtls_pk_setup_rsa_alt(
      long ctx, long key, DecryptFunc decrypt_func, SignFunc sign_func, KeyLenFunc key_len_func);
}
