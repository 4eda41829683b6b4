package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/x509_crt.h}. */
public final class X509Crt {
  static {
    LoadedLibrary.register(X509Crt.class);
  }

  private X509Crt() {}

  public static native void mbedtls_x509_crt_init(long crt);

  public static native void mbedtls_x509_crt_free(long crt);

  public static native int mbedtls_x509_crt_parse_der(long chain, long buf, long buflen);
}
