package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.SavedSession;
import io.github.mbedtls4j.nativeloader.handle.SslConnection;
import io.github.mbedtls4j.nativeloader.handle.SslSettings;
import io.github.mbedtls4j.nativeloader.handle.SslState;
import java.security.Principal;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * The decisions of one handshake: which keys, names and chains are good. Each is asked of user code
 * between two steps of Mbed TLS, without a native frame below and without a lock held, and then
 * carried out on the native connection.
 */
final class Handshake {
  /** A decision that user code has to make; {@link #decide} may take its time. */
  interface Decision {
    /**
     * Asks user code.
     *
     * @return what to do with the answer on the native connection
     */
    Runnable decide() throws Refusal;
  }

  /** User code, or its lack, ends the handshake. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Alert alert;

    Refusal(Alert alert, String message, Throwable cause) {
      super(message, cause);
      this.alert = alert;
    }

    Alert alert() {
      return alert;
    }
  }

  private final ContextData context;
  private final Settings<?> settings;
  private final Owner owner;
  private final HandshakeTap tap;
  private final PskHandshake psk;
  private final Resumption resumption;
  private final HandshakeKeys keys;
  private final PeerCheck peer;
  private final ServerNegotiation server;
  private volatile Session session;
  private boolean resumed;

  /** What is left of the settings; set by {@link #sslSettings}. */
  private Proposal proposal;

  Handshake(
      ContextData context, Settings<?> settings, Owner owner, HandshakeTap tap, Session session) {
    this.context = context;
    this.settings = settings;
    this.owner = owner;
    this.tap = tap;
    this.session = session;
    this.psk = new PskHandshake(context.pskKeyManager(), settings, tap, session);
    this.resumption =
        new Resumption(
            settings.clientMode ? context.clientSessions() : context.serverSessions(), settings);
    this.keys = new HandshakeKeys(context);
    this.peer = new PeerCheck(settings, owner, tap, session);
    this.server =
        new ServerNegotiation(context, settings, owner, tap, session, psk, resumption, keys);
  }

  /** The new session, or the one that is resumed from when that is sure. */
  Session session() {
    return session;
  }

  /** The connection failed: nobody goes on with its session. */
  void invalidateSession() {
    session.invalidate();
    // A server that chokes on the client's wish must not get it again.
    if (settings.clientMode && resumption.asked() != null) {
      resumption.asked().invalidate();
    }
  }

  /**
   * What the native connection is set up with.
   *
   * @throws Refusal if constraints leave nothing to negotiate
   */
  SslSettings sslSettings() throws Refusal {
    proposal = Proposals.of(settings, context.pskKeyManager() != null);
    psk.setProposal(proposal);
    resumption.setProposal(proposal);
    server.setProposal(proposal);
    session.setLocalSignatureAlgorithms(proposal.signatures().algorithms());
    List<Protocol> protocols = proposal.protocols();
    return new SslSettings(
        settings.clientMode,
        protocols.get(protocols.size() - 1).minor(),
        protocols.get(0).minor(),
        proposal.suites().stream().map(Suite::id).toList(),
        proposal.curves(),
        proposal.signatures().hashes(Set.of("RSA", "EC")),
        settings.clientMode ? settings.applicationProtocols() : List.of(),
        settings.clientMode ? ServerName.toSend(settings, session) : null,
        settings.requestClientCertificate());
  }

  /** Completes what the connection was set up with. */
  void prepare(SslConnection ssl) throws Refusal {
    psk.prepare(ssl);
    resumption.start(ssl, session);
  }

  /** What a peer's fatal alert is thrown as. */
  SSLException received(int description) {
    return psk.received(description);
  }

  /** The protocol chosen by ALPN so far: null if it is open, empty for none. */
  String applicationProtocol() {
    if (!settings.clientMode) {
      return server.applicationProtocol();
    }
    // The handshake goes on without ALPN if the server ignored it.
    return tap.protocol() != null && tap.applicationProtocol() == null
        ? ""
        : tap.applicationProtocol();
  }

  /** The decision that is due after a ClientHello came in and before Mbed TLS sees it. */
  Decision onClientHello(SslConnection ssl) {
    return server.onClientHello(ssl);
  }

  /** The decision that is due after a client named a pre-shared key and before Mbed TLS sees it. */
  Decision onPskIdentity(SslConnection ssl) {
    return psk.serverKey(ssl);
  }

  /** The decision that is due after a step that worked in {@code state}; null if none is. */
  Decision after(SslState state, SslConnection ssl) {
    if (tap.protocol() != null) {
      if (!proposal.protocols().contains(tap.protocol())) {
        return this::refuseProtocol;
      }
      if (state == SslState.SERVER_HELLO) {
        Decision refusal = refusalOf(() -> chooseSession(ssl));
        if (refusal != null) {
          return refusal;
        }
      }
      if (!resumed) {
        session.setNegotiated(tap.sessionId(), tap.protocol(), Suite.nameOf(tap.suite()));
      }
    }
    if (state == SslState.CERTIFICATE_REQUEST && settings.requestClientCertificate()) {
      // Sent: the library's own verification shall not look at so many.
      ssl.setCaNames(null);
    }
    return switch (state) {
      case SERVER_CERTIFICATE ->
          settings.clientMode && !tap.peerCertificates().isEmpty() ? peer::checkServer : null;
      case CERTIFICATE_REQUEST ->
          settings.clientMode && tap.certificateRequest() != null ? clientKey(ssl) : null;
      case SERVER_HELLO_DONE -> settings.clientMode && psk.isChosen() ? psk.clientKey(ssl) : null;
      // A client with a pre-shared key is asked for no certificate.
      case CLIENT_CERTIFICATE ->
          settings.requestClientCertificate() && !psk.isChosen() ? peer::checkClient : null;
      case SERVER_KEY_EXCHANGE, CERTIFICATE_VERIFY ->
          refusalOf(() -> proposal.check(tap.serverKeyExchange(), tap.clientScheme()));
      default -> null;
    };
  }

  /** A check that needs no user code. */
  private interface Check {
    void run() throws Refusal;
  }

  /** A decision to refuse; null if the check has nothing against the handshake. */
  private static Decision refusalOf(Check check) {
    try {
      check.run();
      return null;
    } catch (Refusal refusal) {
      return () -> {
        throw refusal;
      };
    }
  }

  /** Takes the old session if Mbed TLS resumes it. */
  private void chooseSession(SslConnection ssl) throws Refusal {
    if (ssl.state() == SslState.SERVER_CHANGE_CIPHER_SPEC) {
      resumption.checkResumed(tap);
      session = resumption.asked();
      resumed = true;
    } else {
      resumption.requireCreation();
      resumption.giveUp();
    }
  }

  private Runnable refuseProtocol() throws Refusal {
    throw new Refusal(
        Alert.PROTOCOL_VERSION,
        "The server selected protocol version "
            + tap.protocol().standardName()
            + " is not accepted by client preferences",
        null);
  }

  private Decision clientKey(SslConnection ssl) {
    return () -> {
      CertificateRequest request = tap.certificateRequest();
      session.setPeerSignatureAlgorithms(request.signatureAlgorithms());
      Principal[] issuers = request.authorities().toArray(Principal[]::new);
      String alias =
          request.keyTypes().isEmpty()
              ? null
              : owner.chooseClientAlias(request.keyTypes().toArray(String[]::new), issuers);
      OwnKeys.Own own = alias == null ? null : keys.borrow(alias, HandshakeKeys.CLIENT);
      return own == null ? () -> {} : () -> ssl.addOwnCertificate(own.chain(), own.key());
    };
  }

  /**
   * Ends the handshake.
   *
   * @throws Refusal if the certificate that Mbed TLS used is not the one that Java accepted
   */
  void finish(SslConnection ssl) throws Refusal {
    giveBack();
    if (resumed) {
      // Its peer was accepted when it was made; it has been in our memory since then.
      resumption.renew(session, ssl, tap);
      return;
    }
    try (SavedSession made = ssl.savedSession()) {
      peer.checkUsed(made);
      finishNew(ssl, made);
    }
  }

  private void finishNew(SslConnection ssl, SavedSession made) {
    session.setNegotiated(tap.sessionId(), tap.protocol(), Suite.jsseName(ssl.cipherSuite()));
    session.setId(resumption.name(tap));
    String own =
        settings.clientMode ? HandshakeKeys.CLIENT : Suite.keyType(session.getCipherSuite());
    session.setLocalCertificates(keys.chain(own));
    psk.finish();
    session.setValid();
    // A resumption would not ask whether the pre-shared key still holds.
    if (!psk.isChosen()) {
      resumption.keep(session, made, tap, keys.privateKey(own));
    }
  }

  /** What the private key threw below the last step; null if it has done its work so far. */
  Throwable keyFailure() {
    return keys.failure();
  }

  /** Returns native keys; they must not be in use any more. */
  void giveBack() {
    keys.giveBack();
  }
}
