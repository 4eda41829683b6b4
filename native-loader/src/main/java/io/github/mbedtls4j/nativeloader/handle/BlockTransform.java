package io.github.mbedtls4j.nativeloader.handle;

/** A keyed block cipher in one direction, in a mode that keeps no state in Java. */
public interface BlockTransform extends AutoCloseable {
  /**
   * Transforms whole blocks, or any number of bytes in modes that take them. Source and target may
   * be the same array and overlap only where they start at the same place or the target lies
   * before.
   */
  void update(byte[] source, int offset, int length, byte[] target, int targetOffset);

  @Override
  void close();
}
