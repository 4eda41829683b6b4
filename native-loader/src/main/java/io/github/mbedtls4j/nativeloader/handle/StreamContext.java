package io.github.mbedtls4j.nativeloader.handle;

import java.util.function.LongConsumer;

/** A keyed stream cipher. */
public abstract class StreamContext extends NativeHandle {
  StreamContext(ContextType type, LongConsumer init, LongConsumer free) {
    super(type, init, free);
  }

  /** Transforms scratch memory in place. */
  abstract void transform(long size, long data);

  /**
   * Transforms any number of bytes. Source and target may overlap only where they start at the same
   * place or the target lies before.
   */
  public void update(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    int at = 0;
    while (at < length) {
      int size = Math.min(NativeBuffer.CHUNK, length - at);
      try (NativeBuffer data = NativeBuffer.of(source, offset + at, size)) {
        transform(size, data.address());
        data.get(0, target, targetOffset + at, size);
      }
      at += size;
    }
  }
}
