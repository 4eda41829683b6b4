package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.CipherContext;
import io.github.mbedtls4j.nativeloader.handle.CipherKind;

/** A mode that the library implements. */
final class NativeMode extends BlockMode {
  private final CipherContext context;

  /** The last block of ciphertext; null in modes that do not chain on it. */
  private final byte[] chain;

  private final boolean decrypting;

  NativeMode(CipherContext context, CipherKind.Mode mode, int block, boolean decrypting) {
    this.context = context;
    this.decrypting = decrypting;
    boolean chains = mode == CipherKind.Mode.CBC || mode == CipherKind.Mode.CFB;
    this.chain = chains ? new byte[block] : null;
  }

  @Override
  void start(byte[] iv) {
    if (chain != null) {
      System.arraycopy(iv, 0, chain, 0, chain.length);
    }
    context.start(iv);
  }

  @Override
  void update(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    if (decrypting) {
      // Before the plaintext overwrites it.
      remember(source, offset + length, length);
    }
    context.update(source, offset, length, target, targetOffset);
    if (!decrypting) {
      remember(target, targetOffset + length, length);
    }
  }

  private void remember(byte[] ciphertext, int end, int length) {
    if (chain != null && length >= chain.length) {
      System.arraycopy(ciphertext, end - chain.length, chain, 0, chain.length);
    }
  }

  @Override
  byte[] chain() {
    return chain == null ? null : chain.clone();
  }

  @Override
  public void close() {
    context.close();
  }
}
