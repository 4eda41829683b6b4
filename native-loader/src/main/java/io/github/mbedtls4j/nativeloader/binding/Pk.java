package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/pk.h}. */
public final class Pk {
  static {
    LoadedLibrary.register(Pk.class);
  }

  private Pk() {}

  public static native void mbedtls_pk_init(long ctx);

  public static native void mbedtls_pk_free(long ctx);

  public static native int mbedtls_pk_parse_key(
      long ctx, long key, long keylen, long pwd, long pwdlen);
}
