package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.SslTransport;
import java.nio.ByteBuffer;

/** The framing of TLS records (RFC 5246 section 6.2.1). */
final class Records {
  /** There is no whole header yet. */
  static final int INCOMPLETE = 0;

  /** These bytes are not TLS. */
  static final int NOT_TLS = -1;

  private static final int MAJOR = 3;

  private Records() {}

  /**
   * The length with header of the record that begins at a buffer's position, {@link #INCOMPLETE} or
   * {@link #NOT_TLS}. The first byte alone can tell the latter.
   */
  static int length(ByteBuffer in) {
    int at = in.position();
    if (!in.hasRemaining()) {
      return INCOMPLETE;
    }
    int type = in.get(at);
    if (type < HandshakeTap.CHANGE_CIPHER_SPEC || type > HandshakeTap.APPLICATION_DATA) {
      return NOT_TLS;
    }
    if (in.remaining() > 1 && in.get(at + 1) != MAJOR) {
      return NOT_TLS;
    }
    if (in.remaining() < SslTransport.HEADER) {
      return INCOMPLETE;
    }
    return SslTransport.HEADER + ((in.get(at + 3) & 0xFF) << 8) + (in.get(at + 4) & 0xFF);
  }

  /** The type of the last of several whole records; negative if there is none. */
  static int lastType(byte[] records) {
    int type = -1;
    for (ByteBuffer in = ByteBuffer.wrap(records); in.hasRemaining(); ) {
      type = Wire.uint8(in);
      Wire.skip(in, 2);
      Wire.vector16(in);
    }
    return type;
  }
}
