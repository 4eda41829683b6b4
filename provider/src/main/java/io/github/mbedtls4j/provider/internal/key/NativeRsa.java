package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.Pool;
import io.github.mbedtls4j.nativeloader.handle.RsaContext;
import java.util.function.Function;

/**
 * The native side of an RSA key: a checked original that computes nothing, and copies that serve
 * one operation each, for an RSA context is held by one thread for a whole operation.
 */
public final class NativeRsa {
  private final int bits;
  private final Pool<RsaContext> copies;

  NativeRsa(RsaContext original, int bits) {
    this.bits = bits;
    this.copies = new Pool<>(original::copy);
  }

  /** The length of the modulus in bytes. */
  public int length() {
    return (bits + 7) / 8;
  }

  /** Runs an operation on a copy of the key. */
  public <R> R use(Function<RsaContext, R> operation) {
    return Pool.with(copies, operation);
  }
}
