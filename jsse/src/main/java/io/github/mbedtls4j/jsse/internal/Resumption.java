package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.MbedTlsException;
import io.github.mbedtls4j.nativeloader.handle.Rng;
import io.github.mbedtls4j.nativeloader.handle.SavedSession;
import io.github.mbedtls4j.nativeloader.handle.SslConnection;
import io.github.mbedtls4j.nativeloader.handle.SslResumption;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.List;

/** Which session one handshake resumes, and what of its own session later ones may. */
final class Resumption {
  private static final int TICKET_LENGTH = 32;

  /** Mbed TLS's client asks for no session with a shorter id. */
  private static final int MIN_ID = 16;

  private final SessionContext sessions;
  private final Settings<?> settings;
  private final ResumptionRules rules;

  /** The session that a client asks for or a server would resume; null for none. */
  private Session asked;

  private ResumptionRequest request;
  private byte[] issuedTicket;

  Resumption(SessionContext sessions, Settings<?> settings) {
    this.sessions = sessions;
    this.settings = settings;
    rules = new ResumptionRules(settings);
  }

  /** What the connection offers or accepts. */
  void setProposal(Proposal made) {
    rules.setProposal(made);
  }

  Session asked() {
    return asked;
  }

  void giveUp() {
    asked = null;
  }

  /** Prepares the first step; a client asks for a session if it has a fitting one. */
  void start(SslConnection ssl, Session fresh) throws Handshake.Refusal {
    if (!ResumptionRules.extendedMasterSecret()) {
      ssl.disableExtendedMasterSecret();
    }
    if (settings.clientMode) {
      offer(ssl, fresh);
    }
  }

  private void offer(SslConnection ssl, Session fresh) throws Handshake.Refusal {
    if (sessions.tickets()) {
      ssl.takeTickets();
    }
    long now = sessions.now();
    asked =
        sessions.find(
            ClientKey.of(fresh, terms(fresh)), session -> rules.clientMayResume(session, now));
    byte[] saved = asked == null ? null : asked.resumable().saved();
    if (saved == null) {
      asked = null;
    } else {
      ask(ssl, saved);
    }
    if (asked == null && !settings.enableSessionCreation) {
      throw new Handshake.Refusal(
          Alert.HANDSHAKE_FAILURE,
          "No new session is allowed and no existing session can be resumed",
          null);
    }
  }

  private void ask(SslConnection ssl, byte[] saved) {
    try {
      ssl.askFor(saved);
    } catch (MbedTlsException e) {
      // Whatever the library has against it, a full handshake does without.
      asked.invalidate();
      asked = null;
    } finally {
      Arrays.fill(saved, (byte) 0);
    }
  }

  private SessionTerms terms(Session session) {
    return new SessionTerms(settings, session.getRequestedServerNames());
  }

  /**
   * Looks at what a client asks a server for.
   *
   * @param fresh what becomes the session unless an old one is resumed
   */
  void receive(ClientHello hello, Session fresh) throws Handshake.Refusal {
    request = hello.resumption();
    boolean byTicket = request.ticket() != null && usesTickets();
    SessionId id = byTicket ? request.ticket() : request.id();
    Session session = id == null ? null : sessions.find(id);
    if (session != null && rules.serverMayResume(session, hello, fresh, terms(fresh))) {
      asked = session;
    }
  }

  private boolean usesTickets() {
    return request.takesTickets() && sessions.tickets() && SslResumption.ticketsSupported();
  }

  /** Refuses to make a session where the application forbids it. */
  void requireCreation() throws Handshake.Refusal {
    if (!settings.enableSessionCreation) {
      throw settings.clientMode
          ? new Handshake.Refusal(Alert.PROTOCOL_VERSION, "New session creation is disabled", null)
          : new Handshake.Refusal(
              Alert.HANDSHAKE_FAILURE, "Not resumption, and no new session is allowed", null);
    }
  }

  /** Tells Mbed TLS's server what to answer; before it gets the ClientHello. */
  void prepare(SslConnection ssl) {
    byte[] saved = asked == null ? null : asked.resumable().saved();
    if (saved != null) {
      // By ticket, Mbed TLS would resume with whatever suite it prefers today.
      ssl.setSuites(List.of(Suite.idOf(asked.getCipherSuite())));
    }
    if (usesTickets()) {
      issuedTicket = Rng.bytes(TICKET_LENGTH);
    }
    boolean byTicket = usesTickets() && request.ticket() != null;
    if (saved != null || issuedTicket != null) {
      ssl.setResumption(
          new SslResumption(saved, byTicket, issuedTicket, sessions.getSessionTimeout()));
    }
    if (saved != null) {
      Arrays.fill(saved, (byte) 0);
    }
  }

  /**
   * Checks that the session may go on under what the peers agreed on in their hellos.
   *
   * @throws Handshake.Refusal if the peer broke the rules of resumption
   */
  void checkResumed(HandshakeTap tap) throws Handshake.Refusal {
    rules.checkResumed(asked, tap);
  }

  /** The name of a new session, which has one even if none was sent. */
  SessionId name(HandshakeTap tap) {
    if (tap.sessionId().length > 0) {
      return new SessionId(tap.sessionId());
    }
    if (issuedTicket != null) {
      return SessionId.ofTicket(issuedTicket);
    }
    NewSessionTicket ticket = tap.newSessionTicket();
    return ticket == null || ticket.id() == null ? SessionId.random() : ticket.id();
  }

  /** Keeps a new session for later handshakes. */
  void keep(Session session, SavedSession made, HandshakeTap tap, PrivateKey key) {
    if (!session.isValid()) {
      return;
    }
    SessionTerms terms = terms(session);
    boolean master = tap.security().extendedMasterSecret();
    if (!settings.clientMode) {
      session.setResumable(
          Resumable.ofServer(terms, master, request, key, made.withoutCertificate()));
    } else if (hasTicket(tap) || tap.sessionId().length >= MIN_ID) {
      session.setResumable(
          Resumable.ofClient(
              terms, master, ClientKey.of(session, terms), made.withoutCertificate()));
      session.resumable().setTicketEnd(ticketEnd(tap));
    } else {
      return;
    }
    sessions.put(session);
    if (!session.isValid()) {
      // Invalidated in between, when there was nothing to forget yet.
      session.invalidate();
    }
  }

  /** After a resumed handshake: the server may have renewed its ticket. */
  void renew(Session session, SslConnection ssl, HandshakeTap tap) {
    session.touch();
    if (settings.clientMode && hasTicket(tap)) {
      try (SavedSession renewed = ssl.savedSession()) {
        session.resumable().renew(renewed.withoutCertificate(), ticketEnd(tap));
      }
    }
  }

  private static boolean hasTicket(HandshakeTap tap) {
    return tap.newSessionTicket() != null && tap.newSessionTicket().id() != null;
  }

  /** RFC 5077 section 3.3: the hint is relative to when the ticket came. */
  private long ticketEnd(HandshakeTap tap) {
    return hasTicket(tap) && tap.newSessionTicket().lifetime() != 0
        ? sessions.now() + tap.newSessionTicket().lifetime() * 1000
        : 0;
  }
}
