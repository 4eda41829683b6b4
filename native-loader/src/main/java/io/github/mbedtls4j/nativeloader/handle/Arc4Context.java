package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Arc4;

/** A keyed ARCFOUR at some place of its key stream: {@code mbedtls_arc4_context}. */
public final class Arc4Context extends StreamContext {
  /** Starts the key stream of a key of at least one byte. */
  public Arc4Context(byte[] key) {
    super(ContextType.ARC4, Arc4::mbedtls_arc4_init, Arc4::mbedtls_arc4_free);
    try (NativeBuffer k = NativeBuffer.of(key)) {
      status(
          ctx -> {
            Arc4.mbedtls_arc4_setup(ctx, k.address(), key.length);
            return 0;
          });
    }
  }

  @Override
  void transform(long size, long data) {
    call("mbedtls_arc4_crypt", ctx -> Arc4.mbedtls_arc4_crypt(ctx, size, data, data));
  }
}
