package io.github.mbedtls4j.jsse.internal;

import java.security.PrivateKey;
import java.util.Arrays;

/**
 * What it takes to resume a session. The master secret in it is overwritten as soon as the session
 * must not be resumed any more. Safe for use by several threads.
 */
final class Resumable {
  private final SessionTerms terms;
  private final boolean extendedMasterSecret;

  /** A server's memory of the hello that made the session; null for a client. */
  private final ResumptionRequest hello;

  /** The server's key, without which Mbed TLS does not choose the suite; null for none. */
  private final PrivateKey key;

  /** What a client finds the session by; null for none. */
  private final ClientKey clientKey;

  /** The library's serialisation; null after {@link #wipe}. */
  private byte[] saved;

  /** When the server said that its ticket ends, in milliseconds; 0 for never. */
  private long ticketEnd;

  private Resumable(
      SessionTerms terms,
      boolean extendedMasterSecret,
      ResumptionRequest hello,
      PrivateKey key,
      ClientKey clientKey,
      byte[] saved) {
    this.terms = terms;
    this.extendedMasterSecret = extendedMasterSecret;
    this.hello = hello;
    this.key = key;
    this.clientKey = clientKey;
    this.saved = saved;
  }

  /** A client's; {@code saved} belongs to the new object. */
  static Resumable ofClient(
      SessionTerms terms, boolean extendedMasterSecret, ClientKey key, byte[] saved) {
    return new Resumable(terms, extendedMasterSecret, null, null, key, saved);
  }

  /** A server's; {@code saved} belongs to the new object. */
  static Resumable ofServer(
      SessionTerms terms,
      boolean extendedMasterSecret,
      ResumptionRequest hello,
      PrivateKey key,
      byte[] saved) {
    return new Resumable(terms, extendedMasterSecret, hello, key, null, saved);
  }

  SessionTerms terms() {
    return terms;
  }

  boolean extendedMasterSecret() {
    return extendedMasterSecret;
  }

  ResumptionRequest hello() {
    return hello;
  }

  PrivateKey key() {
    return key;
  }

  ClientKey clientKey() {
    return clientKey;
  }

  /** A copy for the caller to overwrite; null if the session must not be resumed. */
  synchronized byte[] saved() {
    return saved == null ? null : saved.clone();
  }

  /** Takes a renewed ticket in; {@code renewed} belongs to this object from now on. */
  synchronized void renew(byte[] renewed, long newTicketEnd) {
    if (saved == null) {
      Arrays.fill(renewed, (byte) 0);
      return;
    }
    Arrays.fill(saved, (byte) 0);
    saved = renewed;
    ticketEnd = newTicketEnd;
  }

  synchronized void setTicketEnd(long end) {
    ticketEnd = end;
  }

  /** Whether the server's ticket has ended by a time. */
  synchronized boolean ticketEnded(long now) {
    return ticketEnd != 0 && ticketEnd <= now;
  }

  synchronized void wipe() {
    if (saved != null) {
      Arrays.fill(saved, (byte) 0);
      saved = null;
    }
  }
}
