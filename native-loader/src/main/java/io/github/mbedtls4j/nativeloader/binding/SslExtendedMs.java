package io.github.mbedtls4j.nativeloader.binding;

/** The part of {@code mbedtls/ssl.h} that needs {@code MBEDTLS_SSL_EXTENDED_MASTER_SECRET}. */
public final class SslExtendedMs {
  static {
    LoadedLibrary.register(SslExtendedMs.class);
  }

  private SslExtendedMs() {}

  public static native void mbedtls_ssl_conf_extended_master_secret(long conf, byte ems);
}
