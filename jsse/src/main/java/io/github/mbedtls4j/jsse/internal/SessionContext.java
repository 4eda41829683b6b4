package io.github.mbedtls4j.jsse.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

/** The sessions that may be resumed, the least recently used first; safe for several threads. */
final class SessionContext implements SSLSessionContext {
  private static final int DEFAULT_TIMEOUT = 86_400;
  private static final int DEFAULT_CACHE_SIZE = 20_480;

  /** RFC 8446 section 4.6.1 allows a ticket seven days; the JDK's property takes no more either. */
  private static final int MAX_TIMEOUT = 604_800;

  /** How long a session that timed out may stay before somebody asks for it, in milliseconds. */
  private static final long SWEEP_INTERVAL = 60_000;

  private final LongSupplier clock;
  private final boolean tickets;
  private final Map<SessionId, Session> byId = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<ClientKey, Session> byClientKey = new HashMap<>();
  private int timeout;
  private int cacheSize;
  private long nextSweep;

  /**
   * An empty context with the settings of the JDK's system properties.
   *
   * @param clock milliseconds, as {@link System#currentTimeMillis}
   */
  SessionContext(boolean client, LongSupplier clock) {
    this(
        clock,
        !"false"
            .equalsIgnoreCase(
                System.getProperty(
                    client
                        ? "jdk.tls.client.enableSessionTicketExtension"
                        : "jdk.tls.server.enableSessionTicketExtension")),
        property("jdk.tls.server.sessionTicketTimeout", DEFAULT_TIMEOUT, MAX_TIMEOUT),
        property("javax.net.ssl.sessionCacheSize", DEFAULT_CACHE_SIZE, Integer.MAX_VALUE));
  }

  private SessionContext(LongSupplier clock, boolean tickets, int timeout, int cacheSize) {
    this.clock = clock;
    this.tickets = tickets;
    this.timeout = timeout;
    this.cacheSize = cacheSize;
  }

  /** A context with the settings of this one and without its sessions. */
  synchronized SessionContext empty() {
    return new SessionContext(clock, tickets, timeout, cacheSize);
  }

  /** The value of a property if it is a number from 0 to a maximum. */
  private static int property(String name, int otherwise, int max) {
    Integer value = Integer.getInteger(name);
    return value == null || value < 0 || value > max ? otherwise : value;
  }

  /** Whether connections use tickets (RFC 5077). */
  boolean tickets() {
    return tickets;
  }

  /** The time in milliseconds. */
  long now() {
    return clock.getAsLong();
  }

  /** Keeps a session; it takes the place of one with the same key. */
  synchronized void put(Session session) {
    long now = now();
    if (now >= nextSweep) {
      nextSweep = now + SWEEP_INTERVAL;
      List.copyOf(byId.values()).forEach(old -> removeIfTimedOut(old, now));
    }
    byId.put(session.id(), session);
    ClientKey key = session.resumable().clientKey();
    Session replaced = key == null ? null : byClientKey.put(key, session);
    if (replaced != null && !replaced.equals(session)) {
      evict(replaced);
    }
    evictSurplus();
  }

  private void evictSurplus() {
    while (cacheSize > 0 && byId.size() > cacheSize) {
      evict(byId.values().iterator().next());
    }
  }

  /** The session goes on, but no other connection will resume it. */
  private void evict(Session session) {
    remove(session);
    session.resumable().wipe();
  }

  synchronized void remove(Session session) {
    byId.remove(session.id(), session);
    Resumable resumable = session.resumable();
    if (resumable != null && resumable.clientKey() != null) {
      byClientKey.remove(resumable.clientKey(), session);
    }
  }

  private boolean removeIfTimedOut(Session session, long now) {
    boolean over = timeout != 0 && session.getCreationTime() + timeout * 1000L <= now;
    if (over) {
      session.invalidate();
    }
    return over;
  }

  private Session ifAlive(Session session) {
    return session == null || removeIfTimedOut(session, now()) ? null : session;
  }

  /** The session of an id; null if there is none any more. */
  synchronized Session find(SessionId id) {
    return ifAlive(byId.get(id));
  }

  /**
   * A client's session that passes a test; null if there is none.
   *
   * @param key may be null
   */
  synchronized Session find(ClientKey key, Predicate<Session> test) {
    Session session = key == null ? null : ifAlive(byClientKey.get(key));
    // Looked up by its id too, it counts as used.
    return session == null || !test.test(session) ? null : byId.get(session.id());
  }

  @Override
  public SSLSession getSession(byte[] sessionId) {
    if (sessionId == null) {
      throw new NullPointerException("session id cannot be null");
    }
    return find(new SessionId(sessionId));
  }

  @Override
  public synchronized Enumeration<byte[]> getIds() {
    long now = now();
    List<byte[]> ids = new ArrayList<>();
    for (Session session : List.copyOf(byId.values())) {
      if (!removeIfTimedOut(session, now)) {
        ids.add(session.getId());
      }
    }
    return Collections.enumeration(ids);
  }

  @Override
  public synchronized void setSessionTimeout(int seconds) {
    if (seconds < 0) {
      throw new IllegalArgumentException("negative session timeout");
    }
    timeout = seconds;
    nextSweep = 0;
  }

  @Override
  public synchronized int getSessionTimeout() {
    return timeout;
  }

  @Override
  public synchronized void setSessionCacheSize(int size) {
    if (size < 0) {
      throw new IllegalArgumentException("negative session cache size");
    }
    cacheSize = size;
    evictSurplus();
  }

  @Override
  public synchronized int getSessionCacheSize() {
    return cacheSize;
  }
}
