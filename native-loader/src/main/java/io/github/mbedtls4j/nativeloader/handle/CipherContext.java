package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Cipher;

/**
 * A keyed block cipher in one mode and direction, without padding: {@code
 * mbedtls_cipher_context_t}.
 */
public final class CipherContext extends NativeHandle implements BlockTransform {
  private final CipherKind.Mode mode;
  private final int blockLength;

  /**
   * Sets up a cipher with its key.
   *
   * @param key of a length that {@code kind} takes
   */
  public CipherContext(CipherKind kind, CipherKind.Mode mode, byte[] key, boolean encrypt) {
    super(ContextType.CIPHER, Cipher::mbedtls_cipher_init, Cipher::mbedtls_cipher_free);
    this.mode = mode;
    this.blockLength = kind.blockLength();
    call(
        "mbedtls_cipher_setup",
        ctx -> Cipher.mbedtls_cipher_setup(ctx, kind.info(mode, key.length)));
    try (NativeBuffer k = NativeBuffer.of(key)) {
      int operation = encrypt ? Cipher.MBEDTLS_ENCRYPT : Cipher.MBEDTLS_DECRYPT;
      call(
          "mbedtls_cipher_setkey",
          ctx -> Cipher.mbedtls_cipher_setkey(ctx, k.address(), key.length * 8, operation));
    }
    if (mode == CipherKind.Mode.CBC) {
      // Unpadding is done in Java in constant time: the library's tells good from bad padding by
      // how long it takes.
      call(
          "mbedtls_cipher_set_padding_mode",
          ctx -> Cipher.mbedtls_cipher_set_padding_mode(ctx, Cipher.MBEDTLS_PADDING_NONE));
    }
  }

  /** Starts a message with an IV of one block; null in ECB mode. */
  public void start(byte[] iv) {
    if (iv != null) {
      try (NativeBuffer in = NativeBuffer.of(iv)) {
        call(
            "mbedtls_cipher_set_iv",
            ctx -> Cipher.mbedtls_cipher_set_iv(ctx, in.address(), iv.length));
      }
    }
    call("mbedtls_cipher_reset", Cipher::mbedtls_cipher_reset);
  }

  /** Transforms whole blocks in ECB and CBC, else any number of bytes. */
  @Override
  public void update(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    int at = 0;
    while (at < length) {
      int size = Math.min(NativeBuffer.CHUNK, length - at);
      try (NativeBuffer in = NativeBuffer.of(source, offset + at, size);
          NativeBuffer out = NativeBuffer.allocate(size);
          NativeBuffer olen = NativeBuffer.allocate(8)) {
        transform(in.address(), size, out.address(), olen.address());
        out.get(0, target, targetOffset + at, size);
      }
      at += size;
    }
  }

  // Not in place, which the library refuses for parts of a block.
  private void transform(long in, int size, long out, long olen) {
    // mbedtls_cipher_update takes one block a call in ECB.
    int step = mode == CipherKind.Mode.ECB ? blockLength : size;
    call(
        "mbedtls_cipher_update",
        ctx -> {
          int result = 0;
          for (int done = 0; done < size && result == 0; done += step) {
            result = Cipher.mbedtls_cipher_update(ctx, in + done, step, out + done, olen);
          }
          return result;
        });
  }
}
