package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/ccm.h}. */
public final class Ccm {
  static {
    LoadedLibrary.register(Ccm.class);
  }

  private Ccm() {}

  public static final int MBEDTLS_ERR_CCM_AUTH_FAILED = -0x000F;

  public static native void mbedtls_ccm_init(long ctx);

  public static native void mbedtls_ccm_free(long ctx);

  public static native int mbedtls_ccm_setkey(long ctx, int cipher, long key, int keybits);

  public static native int mbedtls_ccm_encrypt_and_tag(
      long ctx,
      long length,
      long iv,
      long iv_len,
      long add,
      long add_len,
      long input,
      long output,
      long tag,
      long tag_len);

  public static native int mbedtls_ccm_auth_decrypt(
      long ctx,
      long length,
      long iv,
      long iv_len,
      long add,
      long add_len,
      long input,
      long output,
      long tag,
      long tag_len);
}
