package io.github.mbedtls4j.jsse.internal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Reads the presentation language of TLS (RFC 5246 section 4); short input underflows. */
final class Wire {
  private Wire() {}

  static int uint8(ByteBuffer in) {
    return in.get() & 0xFF;
  }

  static int uint16(ByteBuffer in) {
    return (uint8(in) << 8) | uint8(in);
  }

  static int uint24(ByteBuffer in) {
    return (uint8(in) << 16) | uint16(in);
  }

  static void skip(ByteBuffer in, int count) {
    take(in, count);
  }

  /** The next {@code count} bytes as a buffer of their own. */
  static ByteBuffer take(ByteBuffer in, int count) {
    if (count > in.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer part = in.slice(in.position(), count);
    in.position(in.position() + count);
    return part;
  }

  /** A vector with a length of one byte. */
  static ByteBuffer vector8(ByteBuffer in) {
    return take(in, uint8(in));
  }

  /** A vector with a length of two bytes. */
  static ByteBuffer vector16(ByteBuffer in) {
    return take(in, uint16(in));
  }

  /** A vector with a length of three bytes. */
  static ByteBuffer vector24(ByteBuffer in) {
    return take(in, uint24(in));
  }

  static byte[] bytes(ByteBuffer in) {
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    return bytes;
  }
}
