package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/ecdsa.h}. */
public final class Ecdsa {
  static {
    LoadedLibrary.register(Ecdsa.class);
  }

  private Ecdsa() {}

  public static native int mbedtls_ecdsa_sign_det_ext(
      long grp,
      long r,
      long s,
      long d,
      long buf,
      long blen,
      int md_alg,
      long f_rng_blind,
      long p_rng_blind);

  public static native int mbedtls_ecdsa_verify(
      long grp, long buf, long blen, long q, long r, long s);
}
