package io.github.mbedtls4j.jsse.internal;

import java.nio.ByteBuffer;

/** What of the hello messages goes into secrets: this connection's, also if it is resumed. */
final class HelloSecurity {
  static final int RANDOM = 32;

  private static final int EXTENDED_MASTER_SECRET = 23;

  private byte[] clientRandom = new byte[RANDOM];
  private byte[] serverRandom = new byte[RANDOM];
  private boolean extendedMasterSecret;

  byte[] clientRandom() {
    return clientRandom;
  }

  byte[] serverRandom() {
    return serverRandom;
  }

  /** Whether the master secret depends on the handshake as a whole (RFC 7627). */
  boolean extendedMasterSecret() {
    return extendedMasterSecret;
  }

  /** Reads the body of a ClientHello; the last one counts. */
  void clientHello(ByteBuffer body) {
    Wire.skip(body, 2);
    clientRandom = Wire.bytes(Wire.take(body, RANDOM));
  }

  /** Reads the body of a ServerHello. */
  void serverHello(ByteBuffer body) {
    Wire.skip(body, 2);
    serverRandom = Wire.bytes(Wire.take(body, RANDOM));
    Wire.vector8(body);
    Wire.skip(body, 3);
    extendedMasterSecret = false;
    if (body.hasRemaining()) {
      for (ByteBuffer all = Wire.vector16(body); all.hasRemaining(); ) {
        extendedMasterSecret |= Wire.uint16(all) == EXTENDED_MASTER_SECRET;
        Wire.vector16(all);
      }
    }
  }
}
