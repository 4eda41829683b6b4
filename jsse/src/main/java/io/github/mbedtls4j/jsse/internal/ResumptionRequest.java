package io.github.mbedtls4j.jsse.internal;

import java.nio.ByteBuffer;

/**
 * What a ClientHello says of sessions.
 *
 * @param id the session that the client asks for by its id; null for none
 * @param ticket the session that the client asks for by a ticket; null for none
 * @param takesTickets whether the client understands NewSessionTicket (RFC 5077)
 * @param extendedMasterSecret whether it offers that (RFC 7627)
 * @param encryptThenMac whether it offers that (RFC 7366)
 * @param maxFragmentLength the code of RFC 6066 section 4; 0 for none
 */
record ResumptionRequest(
    SessionId id,
    SessionId ticket,
    boolean takesTickets,
    boolean extendedMasterSecret,
    boolean encryptThenMac,
    int maxFragmentLength) {
  private static final int MAX_FRAGMENT_LENGTH = 1;
  private static final int ENCRYPT_THEN_MAC = 22;
  private static final int EXTENDED_MASTER_SECRET = 23;
  private static final int SESSION_TICKET = 35;

  private static final int VERSION_AND_RANDOM = 34;

  /**
   * Reads the body of a ClientHello.
   *
   * @throws RuntimeException of any kind if it is malformed
   */
  static ResumptionRequest parse(ByteBuffer body) {
    Wire.skip(body, VERSION_AND_RANDOM);
    byte[] id = Wire.bytes(Wire.vector8(body));
    Wire.vector16(body);
    Wire.vector8(body);
    byte[] ticket = null;
    boolean extendedMasterSecret = false;
    boolean encryptThenMac = false;
    int maxFragmentLength = 0;
    if (body.hasRemaining()) {
      for (ByteBuffer all = Wire.vector16(body); all.hasRemaining(); ) {
        int type = Wire.uint16(all);
        ByteBuffer extension = Wire.vector16(all);
        switch (type) {
          case MAX_FRAGMENT_LENGTH -> maxFragmentLength = Wire.uint8(extension);
          case ENCRYPT_THEN_MAC -> encryptThenMac = true;
          case EXTENDED_MASTER_SECRET -> extendedMasterSecret = true;
          case SESSION_TICKET -> ticket = Wire.bytes(extension);
          default -> {}
        }
      }
    }
    return new ResumptionRequest(
        id.length == 0 ? null : new SessionId(id),
        ticket == null || ticket.length == 0 ? null : SessionId.ofTicket(ticket),
        ticket != null,
        extendedMasterSecret,
        encryptThenMac,
        maxFragmentLength);
  }

  /** Whether a session of one hello may be used after another: Mbed TLS does not compare these. */
  boolean sameRecordsAs(ResumptionRequest other) {
    return encryptThenMac == other.encryptThenMac && maxFragmentLength == other.maxFragmentLength;
  }
}
