package io.github.mbedtls4j.jsse.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a client must know of a ServerHello's extensions before Mbed TLS tells. */
final class ServerHello {
  private static final int ALPN = 16;

  private ServerHello() {}

  /**
   * Whether the hello has an extension without content.
   *
   * @param extensions the rest of a ServerHello from its extensions on
   */
  static boolean has(int extension, ByteBuffer extensions) {
    if (extensions.hasRemaining()) {
      for (ByteBuffer all = Wire.vector16(extensions); all.hasRemaining(); ) {
        int type = Wire.uint16(all);
        Wire.vector16(all);
        if (type == extension) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * The protocol chosen by ALPN (RFC 7301 section 3.1); null if the server chose none.
   *
   * @param extensions the rest of a ServerHello from its extensions on
   */
  static String applicationProtocol(ByteBuffer extensions) {
    if (!extensions.hasRemaining()) {
      return null;
    }
    for (ByteBuffer all = Wire.vector16(extensions); all.hasRemaining(); ) {
      int type = Wire.uint16(all);
      ByteBuffer extension = Wire.vector16(all);
      if (type == ALPN) {
        byte[] name = Wire.bytes(Wire.vector8(Wire.vector16(extension)));
        return new String(name, StandardCharsets.ISO_8859_1);
      }
    }
    return null;
  }
}
