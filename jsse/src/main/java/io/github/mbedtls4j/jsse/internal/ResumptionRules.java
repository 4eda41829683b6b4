package io.github.mbedtls4j.jsse.internal;

import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * When a session may be resumed: only where a full handshake would have accepted the same peer in
 * the same way.
 */
final class ResumptionRules {
  private final Settings<?> settings;
  private volatile Proposal proposal;

  ResumptionRules(Settings<?> settings) {
    this.settings = settings;
  }

  /** What the connection offers or accepts. */
  void setProposal(Proposal made) {
    proposal = made;
  }

  /** Whether connections offer and accept RFC 7627. */
  static boolean extendedMasterSecret() {
    return isOn("jdk.tls.useExtendedMasterSecret");
  }

  private static boolean isOn(String property) {
    return Boolean.parseBoolean(System.getProperty(property, "true"));
  }

  /** Whether a client asks for a session; its key was the right one. */
  boolean clientMayResume(Session session, long now) {
    Resumable resumable = session.resumable();
    return isEnabled(session)
        && !resumable.ticketEnded(now)
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

  /**
   * Whether a server grants a session.
   *
   * @param fresh what becomes the session otherwise
   * @throws Handshake.Refusal if the client broke the rules of resumption
   */
  boolean serverMayResume(Session session, ClientHello hello, Session fresh, SessionTerms terms)
      throws Handshake.Refusal {
    ResumptionRequest request = hello.resumption();
    Resumable resumable = session.resumable();
    boolean fits =
        session.getProtocol().equals(fresh.getProtocol())
            && isEnabled(session)
            && hello.suites().contains(Suite.idOf(session.getCipherSuite()))
            && resumable.terms().equals(terms)
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

  /**
   * Checks that a session may go on under what the peers agreed on in their hellos.
   *
   * @param asked the session; null if none was asked for
   * @throws Handshake.Refusal if the peer broke the rules of resumption
   */
  void checkResumed(Session asked, HandshakeTap tap) throws Handshake.Refusal {
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
}
