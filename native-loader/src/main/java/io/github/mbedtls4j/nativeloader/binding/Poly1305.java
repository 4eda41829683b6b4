package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/poly1305.h}. */
public final class Poly1305 {
  static {
    LoadedLibrary.register(Poly1305.class);
  }

  private Poly1305() {}

  public static native int mbedtls_poly1305_mac(long key, long input, long ilen, long mac);
}
