package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Chacha20;

/** A keyed ChaCha20 (RFC 8439): {@code mbedtls_chacha20_context}. */
public final class Chacha20Context extends StreamContext {
  /** Sets up with a key of 32 bytes. */
  public Chacha20Context(byte[] key) {
    super(ContextType.CHACHA20, Chacha20::mbedtls_chacha20_init, Chacha20::mbedtls_chacha20_free);
    try (NativeBuffer k = NativeBuffer.of(key)) {
      call("mbedtls_chacha20_setkey", ctx -> Chacha20.mbedtls_chacha20_setkey(ctx, k.address()));
    }
  }

  /** Starts with a nonce of 12 bytes at a block of the key stream. */
  public void start(byte[] nonce, int counter) {
    try (NativeBuffer n = NativeBuffer.of(nonce)) {
      call(
          "mbedtls_chacha20_starts",
          ctx -> Chacha20.mbedtls_chacha20_starts(ctx, n.address(), counter));
    }
  }

  @Override
  void transform(long size, long data) {
    call("mbedtls_chacha20_update", ctx -> Chacha20.mbedtls_chacha20_update(ctx, size, data, data));
  }
}
