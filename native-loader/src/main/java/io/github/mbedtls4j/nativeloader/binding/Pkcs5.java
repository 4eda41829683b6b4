package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/pkcs5.h}. */
public final class Pkcs5 {
  static {
    LoadedLibrary.register(Pkcs5.class);
  }

  private Pkcs5() {}

  public static native int mbedtls_pkcs5_pbkdf2_hmac(
      long ctx,
      long password,
      long plen,
      long salt,
      long slen,
      int iteration_count,
      int key_length,
      long output);
}
