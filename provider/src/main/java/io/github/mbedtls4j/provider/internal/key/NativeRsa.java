package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.Pool;
import io.github.mbedtls4j.nativeloader.handle.RsaContext;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The native side of an RSA key: contexts that serve one operation each, for an RSA context is held
 * by one thread for a whole operation.
 */
public final class NativeRsa {
  private final int bits;
  private final Pool<RsaContext> contexts;

  private NativeRsa(int bits, Supplier<RsaContext> factory) {
    this.bits = bits;
    this.contexts = new Pool<>(factory);
  }

  /** A private key: a checked original that computes nothing, and copies of it that do. */
  static NativeRsa ofPrivate(int bits, RsaContext original) {
    return new NativeRsa(bits, original::copy);
  }

  /** A public key, which is as quick to make as to copy; the first context is made at once. */
  static NativeRsa ofPublic(int bits, Supplier<RsaContext> factory) {
    NativeRsa key = new NativeRsa(bits, factory);
    key.contexts.give(factory.get());
    return key;
  }

  /** The length of the modulus in bytes. */
  public int length() {
    return (bits + 7) / 8;
  }

  /** Runs an operation on a context of the key. */
  public <R> R use(Function<RsaContext, R> operation) {
    return Pool.with(contexts, operation);
  }
}
