package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Aes;
import io.github.mbedtls4j.nativeloader.binding.AesCfb8;
import io.github.mbedtls4j.nativeloader.binding.Cipher;
import io.github.mbedtls4j.nativeloader.binding.LoadedLibrary;

/** A keyed AES in CFB8 mode (NIST SP 800-38A), both directions: {@code mbedtls_aes_context}. */
public final class AesCfb8Context extends NativeHandle {
  private static final int BLOCK = 16;
  private static final boolean SUPPORTED =
      ContextType.AES.size() > 0 && LoadedLibrary.exports("mbedtls_aes_crypt_cfb8");

  /** Sets up with a key of 16, 24 or 32 bytes. */
  public AesCfb8Context(byte[] key) {
    super(ContextType.AES, Aes::mbedtls_aes_init, Aes::mbedtls_aes_free);
    int bits = key.length * 8;
    try (NativeBuffer k = NativeBuffer.of(key)) {
      // Feedback modes encrypt in both directions.
      call("mbedtls_aes_setkey_enc", ctx -> Aes.mbedtls_aes_setkey_enc(ctx, k.address(), bits));
    }
  }

  /** Whether the loaded library has this mode. */
  public static boolean supported() {
    return SUPPORTED;
  }

  /**
   * Transforms any number of bytes. Source and target may be the same array and overlap only where
   * they start at the same place or the target lies before.
   *
   * @param register the 16 bytes of the shift register, which go on with the message
   */
  public void update(
      boolean encrypt,
      byte[] register,
      byte[] source,
      int offset,
      int length,
      byte[] target,
      int targetOffset) {
    int mode = encrypt ? Cipher.MBEDTLS_ENCRYPT : Cipher.MBEDTLS_DECRYPT;
    int at = 0;
    while (at < length) {
      int size = Math.min(NativeBuffer.CHUNK, length - at);
      try (NativeBuffer iv = NativeBuffer.of(register);
          NativeBuffer data = NativeBuffer.of(source, offset + at, size)) {
        long bytes = data.address();
        call(
            "mbedtls_aes_crypt_cfb8",
            ctx -> AesCfb8.mbedtls_aes_crypt_cfb8(ctx, mode, size, iv.address(), bytes, bytes));
        iv.get(0, register, 0, BLOCK);
        data.get(0, target, targetOffset + at, size);
      }
      at += size;
    }
  }
}
