package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/cipher.h}. */
public final class Cipher {
  static {
    LoadedLibrary.register(Cipher.class);
  }

  private Cipher() {}

  public static final int MBEDTLS_DECRYPT = 0;
  public static final int MBEDTLS_ENCRYPT = 1;

  public static final int MBEDTLS_PADDING_NONE = 4;

  public static final int MBEDTLS_CIPHER_ID_NONE = 0;
  public static final int MBEDTLS_CIPHER_ID_AES = 2;
  public static final int MBEDTLS_CIPHER_ID_DES = 3;
  public static final int MBEDTLS_CIPHER_ID_3DES = 4;
  public static final int MBEDTLS_CIPHER_ID_CAMELLIA = 5;
  public static final int MBEDTLS_CIPHER_ID_BLOWFISH = 6;
  public static final int MBEDTLS_CIPHER_ID_ARIA = 8;

  public static native long mbedtls_cipher_info_from_string(long cipher_name);

  public static native void mbedtls_cipher_init(long ctx);

  public static native void mbedtls_cipher_free(long ctx);

  public static native int mbedtls_cipher_setup(long ctx, long cipher_info);

  public static native int mbedtls_cipher_setkey(long ctx, long key, int key_bitlen, int operation);

  public static native int mbedtls_cipher_set_padding_mode(long ctx, int mode);

  public static native int mbedtls_cipher_set_iv(long ctx, long iv, long iv_len);

  public static native int mbedtls_cipher_reset(long ctx);

  public static native int mbedtls_cipher_update(
      long ctx, long input, long ilen, long output, long olen);
}
