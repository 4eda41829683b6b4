package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Cipher;

/**
 * A keyed block cipher in one direction, for many independent blocks in one native call. The
 * library's own ECB takes one block a call, and the call costs more than the block.
 *
 * <p>Encrypts by CFB <em>decryption</em>, whose output is {@code E(previous input) xor input}, and
 * decrypts by CBC decryption, whose output is {@code D(input) xor previous input}: the inputs are
 * known, so the xor can be taken off again. A block of zeros, after the blocks or before them,
 * keeps calls independent of each other.
 */
public final class EcbContext extends NativeHandle implements BlockTransform {
  private final boolean encrypt;
  private final int block;

  /** Sets up a cipher with its key, if the library is {@link #supported able} to. */
  public EcbContext(CipherKind kind, byte[] key, boolean encrypt) {
    super(ContextType.CIPHER, Cipher::mbedtls_cipher_init, Cipher::mbedtls_cipher_free);
    this.encrypt = encrypt;
    block = kind.blockLength();
    call(
        "mbedtls_cipher_setup",
        ctx -> Cipher.mbedtls_cipher_setup(ctx, kind.info(mode(encrypt), key.length)));
    try (NativeBuffer k = NativeBuffer.of(key);
        NativeBuffer iv = NativeBuffer.allocate(block)) {
      int bits = key.length * 8;
      call(
          "mbedtls_cipher_setkey",
          ctx -> Cipher.mbedtls_cipher_setkey(ctx, k.address(), bits, Cipher.MBEDTLS_DECRYPT));
      if (!encrypt) {
        call(
            "mbedtls_cipher_set_padding_mode",
            ctx -> Cipher.mbedtls_cipher_set_padding_mode(ctx, Cipher.MBEDTLS_PADDING_NONE));
      }
      call(
          "mbedtls_cipher_set_iv",
          ctx -> Cipher.mbedtls_cipher_set_iv(ctx, iv.address(), iv.size()));
    }
    call("mbedtls_cipher_reset", Cipher::mbedtls_cipher_reset);
  }

  private static CipherKind.Mode mode(boolean encrypt) {
    return encrypt ? CipherKind.Mode.CFB : CipherKind.Mode.CBC;
  }

  /** Whether the loaded library has what this needs for a cipher and direction. */
  public static boolean supported(CipherKind kind, boolean encrypt) {
    return kind.supports(mode(encrypt));
  }

  @Override
  public void update(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    int at = 0;
    while (at < length) {
      int size = Math.min(NativeBuffer.CHUNK, length - at);
      try (NativeBuffer in = NativeBuffer.allocate(block + size);
          NativeBuffer out = NativeBuffer.allocate(block + size);
          NativeBuffer olen = NativeBuffer.allocate(8)) {
        in.put(encrypt ? 0 : block, source, offset + at, size);
        call(
            "mbedtls_cipher_update",
            ctx ->
                Cipher.mbedtls_cipher_update(
                    ctx, in.address(), in.size(), out.address(), olen.address()));
        out.xor(block, in, encrypt ? block : 0, size);
        out.get(block, target, targetOffset + at, size);
      }
      at += size;
    }
  }
}
