package io.github.mbedtls4j.jsse.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.MbedTls;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bytes with the master secret are overwritten when nobody may use them any more. */
class ResumableTest {
  @BeforeAll
  static void load() {
    MbedTls.load();
  }

  private final SessionContext sessions = new SessionContext(true, System::currentTimeMillis);

  private Session session(int id, byte[] saved) {
    Session session = new Session(sessions, "host", id);
    session.setId(new SessionId(new byte[] {(byte) id}));
    SessionTerms terms = new SessionTerms(new Settings<>(true, Protocol.DEFAULT), List.of());
    session.setResumable(Resumable.ofClient(terms, true, ClientKey.of(session, terms), saved));
    session.setValid();
    sessions.put(session);
    return session;
  }

  @Test
  void invalidated() {
    byte[] saved = {1, 2, 3};
    Session session = session(1, saved);
    assertArrayEquals(saved, session.resumable().saved());
    session.invalidate();
    assertArrayEquals(new byte[3], saved);
    assertNull(session.resumable().saved());
    session.invalidate();
    assertFalse(session.isValid());
    // Too late for it: a connection that ends its handshake now.
    byte[] renewed = {4, 5};
    session.resumable().renew(renewed, 0);
    assertArrayEquals(new byte[2], renewed);
    session.setValid();
    assertFalse(session.isValid());
  }

  @Test
  void evicted() {
    sessions.setSessionCacheSize(1);
    byte[] saved = {1, 2, 3};
    Session session = session(1, saved);
    session(2, new byte[1]);
    assertArrayEquals(new byte[3], saved);
    assertTrue(session.isValid());
  }

  @Test
  void replacedByAnotherOfTheSamePeer() {
    byte[] first = {1};
    Session one = new Session(sessions, "host", 1);
    SessionTerms terms = new SessionTerms(new Settings<>(true, Protocol.DEFAULT), List.of());
    one.setResumable(Resumable.ofClient(terms, true, ClientKey.of(one, terms), first));
    sessions.put(one);
    session(1, new byte[] {2});
    assertArrayEquals(new byte[1], first);
  }

  @Test
  void renewed() {
    byte[] old = {1, 2, 3};
    Session session = session(1, old);
    session.resumable().renew(new byte[] {7}, 10);
    assertArrayEquals(new byte[3], old);
    assertArrayEquals(new byte[] {7}, session.resumable().saved());
    assertFalse(session.resumable().ticketEnded(9));
    assertTrue(session.resumable().ticketEnded(10));
  }
}
