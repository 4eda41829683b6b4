package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.ChachaPoly;

/** A keyed ChaCha20-Poly1305 (RFC 8439): {@code mbedtls_chachapoly_context}. */
public final class ChachaPolyContext extends NativeHandle {
  private static final int TAG = 16;

  /** Sets up with a key of 32 bytes. */
  public ChachaPolyContext(byte[] key) {
    super(
        ContextType.CHACHAPOLY,
        ChachaPoly::mbedtls_chachapoly_init,
        ChachaPoly::mbedtls_chachapoly_free);
    try (NativeBuffer k = NativeBuffer.of(key)) {
      call(
          "mbedtls_chachapoly_setkey",
          ctx -> ChachaPoly.mbedtls_chachapoly_setkey(ctx, k.address()));
    }
  }

  /** Starts a message with a nonce of 12 bytes and its additional data. */
  public void start(boolean encrypt, byte[] nonce, byte[] aad, int aadLength) {
    int mode =
        encrypt ? ChachaPoly.MBEDTLS_CHACHAPOLY_ENCRYPT : ChachaPoly.MBEDTLS_CHACHAPOLY_DECRYPT;
    try (NativeBuffer n = NativeBuffer.of(nonce);
        NativeBuffer a = NativeBuffer.of(aad, 0, aadLength)) {
      call(
          "mbedtls_chachapoly_starts",
          ctx -> ChachaPoly.mbedtls_chachapoly_starts(ctx, n.address(), mode));
      call(
          "mbedtls_chachapoly_update_aad",
          ctx -> ChachaPoly.mbedtls_chachapoly_update_aad(ctx, a.address(), aadLength));
    }
  }

  /**
   * Transforms any number of bytes. Source and target may overlap only where they start at the same
   * place or the target lies before.
   */
  public void update(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    int at = 0;
    while (at < length) {
      int size = Math.min(NativeBuffer.CHUNK, length - at);
      try (NativeBuffer data = NativeBuffer.of(source, offset + at, size)) {
        call(
            "mbedtls_chachapoly_update",
            ctx -> ChachaPoly.mbedtls_chachapoly_update(ctx, size, data.address(), data.address()));
        data.get(0, target, targetOffset + at, size);
      }
      at += size;
    }
  }

  /** The tag of 16 bytes. */
  public byte[] finish() {
    try (NativeBuffer tag = NativeBuffer.allocate(TAG)) {
      call(
          "mbedtls_chachapoly_finish",
          ctx -> ChachaPoly.mbedtls_chachapoly_finish(ctx, tag.address()));
      return tag.bytes(0, TAG);
    }
  }
}
