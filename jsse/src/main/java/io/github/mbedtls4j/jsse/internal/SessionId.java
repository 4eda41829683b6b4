package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.nativeloader.handle.Rng;
import java.util.Arrays;

/** The name of a session, fit for a key in a map. */
final class SessionId {
  private static final int LENGTH = 32;

  private final byte[] bytes;

  /** An id as it was sent. */
  SessionId(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /**
   * The id of a session that is only known by a ticket: the ticket's hash, so that both ends name
   * it alike, as OpenSSL does, and the name does not give the ticket away.
   */
  static SessionId ofTicket(byte[] ticket) {
    return new SessionId(Hash.SHA256.digest(ticket, 0, ticket.length));
  }

  /** An id for a session that has none on the wire. */
  static SessionId random() {
    return new SessionId(Rng.bytes(LENGTH));
  }

  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SessionId id && Arrays.equals(bytes, id.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
