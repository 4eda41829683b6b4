package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.NativeBuffer;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Objects;
import javax.net.ssl.SSLException;

/**
 * The application's buffers in a call of an engine: their check, and the way of the data between
 * them and a connection. The caller holds the connection's lock while data moves.
 */
final class EngineBuffers {
  private EngineBuffers() {}

  /**
   * Checks what wrap was given.
   *
   * @throws IllegalArgumentException for a buffer that is null
   * @throws ReadOnlyBufferException for a target that is read-only
   */
  static void checkWrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target) {
    if (sources == null || target == null) {
      throw new IllegalArgumentException("source or destination buffer is null");
    }
    Objects.checkFromIndexSize(offset, length, sources.length);
    for (int i = offset; i < offset + length; i++) {
      if (sources[i] == null) {
        throw new IllegalArgumentException("source buffer " + i + " is null");
      }
    }
    if (target.isReadOnly()) {
      throw new ReadOnlyBufferException();
    }
  }

  /** Checks what unwrap was given, likewise. */
  static void checkUnwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length) {
    if (source == null || targets == null) {
      throw new IllegalArgumentException("source or destination buffer is null");
    }
    Objects.checkFromIndexSize(offset, length, targets.length);
    for (int i = offset; i < offset + length; i++) {
      if (targets[i] == null) {
        throw new IllegalArgumentException("destination buffer " + i + " is null");
      }
      if (targets[i].isReadOnly()) {
        throw new ReadOnlyBufferException();
      }
    }
  }

  /** How many bytes the buffers hold or have room for. */
  static long remaining(ByteBuffer[] buffers, int offset, int length) {
    long remaining = 0;
    for (int i = offset; i < offset + length; i++) {
      remaining += buffers[i].remaining();
    }
    return remaining;
  }

  /** Encrypts so many bytes, which are there, of the sources from one on. */
  static void encrypt(Connection connection, ByteBuffer[] sources, int offset, int size)
      throws SSLException {
    try (NativeBuffer data = NativeBuffer.allocate(size)) {
      gather(sources, offset, data, size);
      connection.write(data, size);
    }
  }

  private static void gather(ByteBuffer[] sources, int offset, NativeBuffer data, int size) {
    int at = 0;
    for (int i = offset; at < size; i++) {
      ByteBuffer part = sources[i].duplicate();
      part.limit(part.position() + Math.min(part.remaining(), size - at));
      int count = part.remaining();
      data.put(at, part);
      at += count;
      sources[i].position(part.position());
    }
  }

  /**
   * Decrypts what the connection has accepted into the targets from one on, which have room for it.
   *
   * @return how many bytes there were
   */
  static int decrypt(Connection connection, ByteBuffer[] targets, int offset) throws SSLException {
    int produced = 0;
    try (NativeBuffer data = NativeBuffer.allocate(Session.MAX_DATA)) {
      int high = 0;
      do {
        int count = connection.read(data);
        high = Math.max(high, count);
        scatter(data, count, targets, offset);
        produced += count;
      } while (connection.pending());
      data.truncate(high);
    }
    return produced;
  }

  private static void scatter(NativeBuffer data, int size, ByteBuffer[] targets, int offset) {
    int target = offset;
    for (int at = 0; at < size; ) {
      while (!targets[target].hasRemaining()) {
        target++;
      }
      int part = Math.min(targets[target].remaining(), size - at);
      data.get(at, targets[target], part);
      at += part;
    }
  }
}
