package io.github.mbedtls4j.jsse.internal;

import java.nio.ByteBuffer;

/**
 * A server's ticket (RFC 5077 section 3.3).
 *
 * @param lifetime the server's hint in seconds; 0 for none
 * @param id the name of a session that has no other; null if the ticket is empty
 */
record NewSessionTicket(long lifetime, SessionId id) {
  /**
   * Reads the body of a NewSessionTicket.
   *
   * @throws RuntimeException of any kind if it is malformed
   */
  static NewSessionTicket parse(ByteBuffer body) {
    long lifetime = body.getInt() & 0xFFFFFFFFL;
    byte[] ticket = Wire.bytes(Wire.vector16(body));
    return new NewSessionTicket(lifetime, ticket.length == 0 ? null : SessionId.ofTicket(ticket));
  }
}
