package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/ssl.h}: finite-field Diffie-Hellman, which needs {@code MBEDTLS_DHM_C}. */
public final class SslDhm {
  static {
    LoadedLibrary.register(SslDhm.class);
  }

  private SslDhm() {}

  public static native int mbedtls_ssl_conf_dh_param_bin(
      long conf, long dhm_P, long P_len, long dhm_G, long G_len);
}
