package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/ecdh.h}. */
public final class Ecdh {
  static {
    LoadedLibrary.register(Ecdh.class);
  }

  private Ecdh() {}

  public static native int mbedtls_ecdh_compute_shared(
      long grp, long z, long q, long d, long f_rng, long p_rng);
}
