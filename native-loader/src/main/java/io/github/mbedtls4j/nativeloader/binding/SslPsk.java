package io.github.mbedtls4j.nativeloader.binding;

/** The part of {@code mbedtls/ssl.h} for pre-shared keys, which a build may lack. */
public final class SslPsk {
  static {
    LoadedLibrary.register(SslPsk.class);
  }

  private SslPsk() {}

  public static native int mbedtls_ssl_conf_psk(
      long conf, long psk, long psk_len, long psk_identity, long psk_identity_len);
}
