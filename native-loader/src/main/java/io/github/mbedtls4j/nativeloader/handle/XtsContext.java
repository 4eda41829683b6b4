package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.AesXts;
import io.github.mbedtls4j.nativeloader.binding.Cipher;

/** A keyed AES-XTS (IEEE 1619) in one direction: {@code mbedtls_aes_xts_context}. */
public final class XtsContext extends NativeHandle {
  private final int operation;

  /** Sets up with both keys, of 32 or 64 bytes together. */
  public XtsContext(byte[] keys, boolean encrypt) {
    super(ContextType.AES_XTS, AesXts::mbedtls_aes_xts_init, AesXts::mbedtls_aes_xts_free);
    operation = encrypt ? Cipher.MBEDTLS_ENCRYPT : Cipher.MBEDTLS_DECRYPT;
    int bits = keys.length * 8;
    try (NativeBuffer k = NativeBuffer.of(keys)) {
      if (encrypt) {
        call(
            "mbedtls_aes_xts_setkey_enc",
            ctx -> AesXts.mbedtls_aes_xts_setkey_enc(ctx, k.address(), bits));
      } else {
        call(
            "mbedtls_aes_xts_setkey_dec",
            ctx -> AesXts.mbedtls_aes_xts_setkey_dec(ctx, k.address(), bits));
      }
    }
  }

  /** Transforms one data unit of 16 to 2^24 bytes, whose number is {@code tweak}. */
  public byte[] transform(byte[] tweak, byte[] source, int length) {
    try (NativeBuffer t = NativeBuffer.of(tweak);
        NativeBuffer in = NativeBuffer.of(source, 0, length);
        NativeBuffer out = NativeBuffer.allocate(length)) {
      call(
          "mbedtls_aes_crypt_xts",
          ctx ->
              AesXts.mbedtls_aes_crypt_xts(
                  ctx, operation, length, t.address(), in.address(), out.address()));
      return out.bytes(0, length);
    }
  }
}
