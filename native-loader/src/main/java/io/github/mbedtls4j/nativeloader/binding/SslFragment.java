package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/ssl.h}: what needs {@code MBEDTLS_SSL_MAX_FRAGMENT_LENGTH}. */
public final class SslFragment {
  static {
    LoadedLibrary.register(SslFragment.class);
  }

  private SslFragment() {}

  public static native int mbedtls_ssl_conf_max_frag_len(long conf, byte mfl_code);

  public static native long mbedtls_ssl_get_output_max_frag_len(long ssl);
}
