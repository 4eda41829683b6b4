package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.BlockTransform;

/** ECB: blocks that do not depend on each other. */
final class EcbMode extends BlockMode {
  private final BlockTransform context;

  EcbMode(BlockTransform context) {
    this.context = context;
  }

  @Override
  void start(byte[] iv) {
    // There is no IV.
  }

  @Override
  void update(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    context.update(source, offset, length, target, targetOffset);
  }

  @Override
  byte[] chain() {
    return null;
  }

  @Override
  public void close() {
    context.close();
  }
}
