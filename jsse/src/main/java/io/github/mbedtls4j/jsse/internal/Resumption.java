package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.MbedTlsException;
import io.github.mbedtls4j.nativeloader.handle.Rng;
import io.github.mbedtls4j.nativeloader.handle.SslConnection;
import io.github.mbedtls4j.nativeloader.handle.SslResumption;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Which session one handshake may resume, and what of its own session later ones may. A session is
 * resumed only where a full handshake would have accepted the same peer in the same way.
 */
final class Resumption {
  private static final int TICKET_LENGTH = 32;

  /** Mbed TLS's client asks for no session with a shorter id. */
  private static final int MIN_ID = 16;

  private final SessionContext sessions;
  private final Settings<?> settings;

  private volatile Proposal proposal;

  /** The session that a client asks for or a server would resume; null for none. */
  private Session asked;

  private ResumptionRequest request;
  private byte[] issuedTicket;

  Resumption(SessionContext sessions, Settings<?> settings) {
    this.sessions = sessions;
    this.settings = settings;
  }

  /** What the connection offers or accepts. */
  void setProposal(Proposal made) {
    proposal = made;
  }

  Session asked() {
    return asked;
  }

  void giveUp() {
    asked = null;
  }

  private static boolean extendedMasterSecret() {
    return isOn("jdk.tls.useExtendedMasterSecret");
  }

  private static boolean isOn(String property) {
    return Boolean.parseBoolean(System.getProperty(property, "true"));
  }

  /** Prepares the first step; a client asks for a session if it has a fitting one. */
  void start(SslConnection ssl, Session fresh) throws Handshake.Refusal {
    if (!extendedMasterSecret()) {
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
    asked = sessions.find(ClientKey.of(fresh, terms(fresh)), this::clientMayResume);
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

  private boolean clientMayResume(Session session) {
    Resumable resumable = session.resumable();
    return isEnabled(session)
        && !resumable.ticketEnded(sessions.now())
        && (resumable.extendedMasterSecret()
            ? extendedMasterSecret()
            : isOn("jdk.tls.allowLegacyResumption"));
  }

  private boolean isEnabled(Session session) {
    return proposal.protocols().stream()
            .anyMatch(protocol -> protocol.standardName().equals(session.getProtocol()))
        && proposal.suites().stream()
            .anyMatch(suite -> suite.name().equals(session.getCipherSuite()));
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
    if (session != null && serverMayResume(session, hello, fresh)) {
      asked = session;
    }
  }

  private boolean usesTickets() {
    return request.takesTickets() && sessions.tickets() && SslResumption.ticketsSupported();
  }

  private boolean serverMayResume(Session session, ClientHello hello, Session fresh)
      throws Handshake.Refusal {
    Resumable resumable = session.resumable();
    boolean fits =
        session.getProtocol().equals(fresh.getProtocol())
            && isEnabled(session)
            && hello.suites().contains(Suite.idOf(session.getCipherSuite()))
            && resumable.terms().equals(terms(fresh))
            && resumable.hello().sameRecordsAs(request)
            && (!settings.needClientAuth || isAuthenticated(session));
    if (!fits) {
      return false;
    }
    if (!resumable.extendedMasterSecret()) {
      // RFC 7627 section 5.3: better no resumption than one without it.
      return !extendedMasterSecret() && isOn("jdk.tls.allowLegacyResumption");
    }
    if (!extendedMasterSecret()) {
      return false;
    }
    if (!request.extendedMasterSecret()) {
      throw new Handshake.Refusal(
          Alert.HANDSHAKE_FAILURE,
          "Missing Extended Master Secret extension on session resumption",
          null);
    }
    return true;
  }

  private static boolean isAuthenticated(Session session) {
    try {
      return session.getPeerCertificates().length > 0;
    } catch (SSLPeerUnverifiedException e) {
      return false;
    }
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
   * @throws Handshake.Refusal if the server broke the rules of resumption
   */
  void checkResumed(HandshakeTap tap) throws Handshake.Refusal {
    if (asked == null) {
      throw new Handshake.Refusal(
          Alert.INTERNAL_ERROR, "Mbed TLS resumed a session that nobody asked for", null);
    }
    if (!asked.getProtocol().equals(tap.protocol().standardName())) {
      throw new Handshake.Refusal(
          Alert.PROTOCOL_VERSION, "Server resumed with wrong protocol version", null);
    }
    if (asked.resumable().extendedMasterSecret() != tap.security().extendedMasterSecret()) {
      throw new Handshake.Refusal(
          Alert.HANDSHAKE_FAILURE,
          "the session to be resumed and the handshake differ in extended_master_secret",
          null);
    }
    if (settings.needClientAuth && !settings.clientMode && !isAuthenticated(asked)) {
      throw new Handshake.Refusal(
          Alert.INTERNAL_ERROR, "the session to be resumed has no client certificate", null);
    }
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
  void keep(Session session, SslConnection ssl, HandshakeTap tap, PrivateKey key) {
    SessionTerms terms = terms(session);
    boolean master = tap.security().extendedMasterSecret();
    if (!settings.clientMode) {
      session.setResumable(Resumable.ofServer(terms, master, request, key, ssl.saveSession()));
    } else if (hasTicket(tap) || tap.sessionId().length >= MIN_ID) {
      session.setResumable(
          Resumable.ofClient(terms, master, ClientKey.of(session, terms), ssl.saveSession()));
      session.resumable().setTicketEnd(ticketEnd(tap));
    } else {
      return;
    }
    sessions.put(session);
  }

  /** After a resumed handshake: the server may have renewed its ticket. */
  void renew(Session session, SslConnection ssl, HandshakeTap tap) {
    session.touch();
    if (settings.clientMode && hasTicket(tap)) {
      session.resumable().renew(ssl.saveSession(), ticketEnd(tap));
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
