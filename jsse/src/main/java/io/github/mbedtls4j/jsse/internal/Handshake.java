package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.SslConnection;
import io.github.mbedtls4j.nativeloader.handle.SslSettings;
import io.github.mbedtls4j.nativeloader.handle.SslState;
import java.security.InvalidKeyException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.spec.DHParameterSpec;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
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

  private static final String CLIENT = "client";

  /** Such as 127.1, which resolvers take for an address. */
  private static final Pattern DIGITS = Pattern.compile("[0-9.]+");

  private final ContextData context;
  private final Settings<?> settings;
  private final Owner owner;
  private final HandshakeTap tap;
  private final Session session;
  private final PskHandshake psk;
  private final List<OwnKeys.Own> borrowed = new ArrayList<>();

  /**
   * What Mbed TLS may send: by the type of key for a server, under {@link #CLIENT} for a client.
   */
  private final Map<String, X509Certificate[]> ownChains = new ConcurrentHashMap<>();

  /** What is left of the settings; set by {@link #sslSettings}. */
  private Proposal proposal;

  private X509Certificate[] verified;
  private volatile String applicationProtocol;

  Handshake(
      ContextData context, Settings<?> settings, Owner owner, HandshakeTap tap, Session session) {
    this.context = context;
    this.settings = settings;
    this.owner = owner;
    this.tap = tap;
    this.session = session;
    this.psk = new PskHandshake(context.pskKeyManager(), settings, tap, session);
  }

  /**
   * What the native connection is set up with.
   *
   * @throws Refusal if constraints leave nothing to negotiate
   */
  SslSettings sslSettings() throws Refusal {
    proposal = Proposal.of(settings, context.pskKeyManager() != null);
    psk.setProposal(proposal);
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
        settings.clientMode ? serverName() : null,
        settings.requestClientCertificate());
  }

  /** Completes what the connection was set up with. */
  void prepare(SslConnection ssl) {
    psk.prepare(ssl);
  }

  /** What a peer's fatal alert is thrown as. */
  SSLException received(int description) {
    return psk.received(description);
  }

  /** The protocol chosen by ALPN so far: null if it is open, empty for none. */
  String applicationProtocol() {
    if (!settings.clientMode) {
      return applicationProtocol;
    }
    // The handshake goes on without ALPN if the server ignored it.
    return tap.protocol() != null && tap.applicationProtocol() == null
        ? ""
        : tap.applicationProtocol();
  }

  /** The name that a client sends as SNI: the application's, else the host's if it is a name. */
  private String serverName() {
    List<SNIServerName> names = settings.serverNames();
    if (names != null) {
      session.setRequestedServerNames(names);
      return names.stream()
          .filter(SNIHostName.class::isInstance)
          .map(name -> ((SNIHostName) name).getAsciiName())
          .findFirst()
          .orElse(null);
    }
    SNIHostName name = nameOf(session.getPeerHost());
    if (name == null) {
      return null;
    }
    session.setRequestedServerNames(List.of(name));
    return name.getAsciiName();
  }

  /** The server name that stands for a host by default; null for an address or a short name. */
  static SNIHostName nameOf(String host) {
    if (host == null || IpLiteral.parse(host) != null || DIGITS.matcher(host).matches()) {
      return null;
    }
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (name.indexOf('.') <= 0) {
      return null;
    }
    try {
      return new SNIHostName(name);
    } catch (IllegalArgumentException e) {
      // Not a name that SNI can carry, such as one with an underscore: as SunJSSE, send none.
      return null;
    }
  }

  /** The decision that is due after a ClientHello came in and before Mbed TLS sees it. */
  Decision onClientHello(SslConnection ssl) {
    return () -> {
      ClientHello hello = tap.clientHello();
      Protocol protocol = serverProtocol(hello);
      session.setProtocol(protocol);
      session.setPeerSignatureAlgorithms(hello.signatureAlgorithms());
      checkServerNames(hello);
      List<String> protocols = serverProtocols(hello);
      applicationProtocol = protocols.isEmpty() ? "" : protocols.get(0);
      List<OwnKeys.Own> keys = serverKeys(hello, protocol);
      Set<String> keyAlgorithms =
          ownChains.values().stream()
              .map(chain -> chain[0].getPublicKey().getAlgorithm())
              .collect(Collectors.toSet());
      Optional<DHParameterSpec> dhGroup =
          NamedGroups.serverDhSize(hello.groups(), proposal.dhSizes()).map(NamedGroups::dhGroup);
      return () -> {
        if (!settings.requestClientCertificate() && !keyAlgorithms.isEmpty()) {
          ssl.setHashes(proposal.signatures().hashes(keyAlgorithms));
        }
        dhGroup.ifPresent(group -> ssl.setDhGroup(group.getP(), group.getG()));
        ssl.setMaxVersion(protocol.minor());
        if (!settings.useCipherSuitesOrder()) {
          ssl.setSuites(inOrderOf(hello));
        }
        if (!protocols.isEmpty()) {
          ssl.setProtocols(protocols);
        }
        keys.forEach(own -> ssl.addOwnCertificate(own.chain(), own.key()));
        if (settings.requestClientCertificate()) {
          ssl.setCaNames(context.caNames());
        }
      };
    };
  }

  /**
   * The protocol to speak: Mbed TLS knows a lowest and a highest one, but not that one between them
   * is disabled.
   */
  private Protocol serverProtocol(ClientHello hello) throws Refusal {
    Protocol offered = Protocol.ofMinor(hello.minorVersion());
    return proposal.protocols().stream()
        .filter(enabled -> hello.minorVersion() > 0 && enabled.compareTo(offered) <= 0)
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    Alert.PROTOCOL_VERSION,
                    "Client requested protocol "
                        + (hello.minorVersion() > 0 ? offered.standardName() : "SSLv3")
                        + " is not enabled or supported in server context",
                    null));
  }

  private List<Integer> inOrderOf(ClientHello hello) {
    List<Integer> enabled = proposal.suites().stream().map(Suite::id).toList();
    return hello.suites().stream().filter(enabled::contains).toList();
  }

  private void checkServerNames(ClientHello hello) throws Refusal {
    List<SNIServerName> names = hello.serverNames();
    session.setRequestedServerNames(names);
    if (settings.sniMatchers() == null || names.isEmpty()) {
      return;
    }
    boolean anyMatch =
        settings.sniMatchers().stream()
            .anyMatch(
                matcher ->
                    names.stream()
                        .anyMatch(
                            name -> name.getType() == matcher.getType() && matcher.matches(name)));
    if (!anyMatch) {
      throw new Refusal(Alert.UNRECOGNIZED_NAME, "Unrecognized server name indication", null);
    }
  }

  /** The one protocol that the server agrees to; empty for no ALPN. */
  private List<String> serverProtocols(ClientHello hello) throws Refusal {
    List<String> offered = hello.protocols();
    if (offered.isEmpty()) {
      return List.of();
    }
    String chosen;
    if (settings.protocolSelector != null) {
      chosen = owner.selectProtocol(offered);
      if (chosen != null && !chosen.isEmpty() && !offered.contains(chosen)) {
        chosen = null;
      }
    } else if (settings.applicationProtocols().isEmpty()) {
      chosen = "";
    } else {
      chosen =
          settings.applicationProtocols().stream()
              .filter(offered::contains)
              .findFirst()
              .orElse(null);
    }
    if (chosen == null) {
      throw new Refusal(
          Alert.NO_APPLICATION_PROTOCOL, "No matching application layer protocol values", null);
    }
    return chosen.isEmpty() ? List.of() : List.of(chosen);
  }

  private List<OwnKeys.Own> serverKeys(ClientHello hello, Protocol protocol) throws Refusal {
    Set<String> types = new LinkedHashSet<>();
    ownChains.clear();
    if (psk.goesWithoutCertificate(hello, protocol)) {
      return List.of();
    }
    for (Suite suite : proposal.suites()) {
      if (hello.suites().contains(suite.id()) && suite.keyType() != null) {
        types.add(suite.keyType());
      }
    }
    List<OwnKeys.Own> keys = new ArrayList<>();
    for (String type : types) {
      String alias = owner.chooseServerAlias(type);
      if (alias != null) {
        keys.add(borrow(alias, type));
      }
    }
    if (keys.isEmpty() && !psk.needsNoCertificate(hello)) {
      throw new Refusal(Alert.HANDSHAKE_FAILURE, "no cipher suites in common", null);
    }
    return keys;
  }

  private OwnKeys.Own borrow(String alias, String type) throws Refusal {
    X509Certificate[] chain = context.keyManager().getCertificateChain(alias);
    PrivateKey key = context.keyManager().getPrivateKey(alias);
    if (key == null || chain == null || chain.length == 0) {
      throw new Refusal(
          Alert.INTERNAL_ERROR, "the KeyManager has no key or no certificate for " + alias, null);
    }
    try {
      OwnKeys.Own own = context.ownKeys().borrow(key, chain);
      synchronized (borrowed) {
        borrowed.add(own);
      }
      ownChains.put(type, chain);
      return own;
    } catch (InvalidKeyException e) {
      throw new Refusal(Alert.INTERNAL_ERROR, e.getMessage(), e);
    }
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
      session.setNegotiated(tap.sessionId(), tap.protocol(), Suite.nameOf(tap.suite()));
    }
    return switch (state) {
      case SERVER_CERTIFICATE ->
          settings.clientMode && !tap.peerCertificates().isEmpty() ? this::checkServer : null;
      case CERTIFICATE_REQUEST ->
          settings.clientMode && tap.certificateRequest() != null ? clientKey(ssl) : null;
      case SERVER_HELLO_DONE -> settings.clientMode && psk.isChosen() ? psk.clientKey(ssl) : null;
      // A client with a pre-shared key is asked for no certificate.
      case CLIENT_CERTIFICATE ->
          settings.requestClientCertificate() && !psk.isChosen() ? this::checkClient : null;
      case SERVER_KEY_EXCHANGE, CERTIFICATE_VERIFY -> refusedKeyExchange();
      default -> null;
    };
  }

  /** Null if the keys and signatures of the key exchange comply with the constraints. */
  private Decision refusedKeyExchange() {
    ServerKeyExchange exchange = tap.serverKeyExchange();
    if (exchange != null
        && exchange.dhKey() != null
        && !proposal.constraints().permitsAgreement(exchange.dhKey())) {
      return () -> {
        throw new Refusal(
            Alert.INSUFFICIENT_SECURITY,
            "DH ServerKeyExchange does not comply to algorithm constraints",
            null);
      };
    }
    int server = exchange == null ? ServerKeyExchange.NO_SCHEME : exchange.scheme();
    for (int scheme : new int[] {server, tap.clientScheme()}) {
      if (scheme != ServerKeyExchange.NO_SCHEME && !proposal.signatures().permits(scheme)) {
        return () -> {
          throw new Refusal(
              Alert.ILLEGAL_PARAMETER,
              "Unsupported signature algorithm (" + SignatureScheme.nameOf(scheme) + ") used",
              null);
        };
      }
    }
    return null;
  }

  private Runnable refuseProtocol() throws Refusal {
    throw new Refusal(
        Alert.PROTOCOL_VERSION,
        "The server selected protocol version "
            + tap.protocol().standardName()
            + " is not accepted by client preferences",
        null);
  }

  private Runnable checkServer() throws Refusal {
    String authType = Suite.authType(session.getCipherSuite());
    X509Certificate[] chain = peerChain();
    try {
      owner.checkServerTrusted(chain.clone(), authType);
    } catch (CertificateException e) {
      throw new Refusal(Alert.ofRefusal(e), e.getMessage(), e);
    }
    return accept(chain);
  }

  private Runnable checkClient() throws Refusal {
    if (tap.peerCertificates().isEmpty()) {
      if (settings.needClientAuth) {
        throw new Refusal(Alert.BAD_CERTIFICATE, "Empty client certificate chain", null);
      }
      return () -> {};
    }
    X509Certificate[] chain = peerChain();
    try {
      owner.checkClientTrusted(chain.clone(), chain[0].getPublicKey().getAlgorithm());
    } catch (CertificateException e) {
      throw new Refusal(Alert.ofRefusal(e), e.getMessage(), e);
    }
    return accept(chain);
  }

  private X509Certificate[] peerChain() throws Refusal {
    try {
      return tap.peerChain();
    } catch (CertificateException e) {
      throw new Refusal(Alert.BAD_CERTIFICATE, "the peer's certificate cannot be read", e);
    }
  }

  private Runnable accept(X509Certificate[] chain) {
    return () -> {
      verified = chain;
      session.setPeerCertificates(chain);
    };
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
      if (alias == null) {
        return () -> {};
      }
      OwnKeys.Own own = borrow(alias, CLIENT);
      return () -> ssl.addOwnCertificate(own.chain(), own.key());
    };
  }

  /**
   * Ends the handshake.
   *
   * @throws Refusal if the certificate that Mbed TLS used is not the one that Java accepted
   */
  void finish(SslConnection ssl) throws Refusal {
    giveBack();
    List<byte[]> sent = tap.peerCertificates();
    if (!sent.isEmpty() && (verified == null || !ssl.usedPeerCertificate(sent.get(0)))) {
      throw new Refusal(
          Alert.INTERNAL_ERROR, "Mbed TLS used another certificate than the one checked", null);
    }
    session.setNegotiated(tap.sessionId(), tap.protocol(), Suite.jsseName(ssl.cipherSuite()));
    String own = settings.clientMode ? CLIENT : Suite.keyType(session.getCipherSuite());
    session.setLocalCertificates(own == null ? null : ownChains.get(own));
    psk.finish();
    session.setValid();
  }

  /** What the private key threw below the last step; null if it has done its work so far. */
  Throwable keyFailure() {
    synchronized (borrowed) {
      return borrowed.stream()
          .map(own -> own.key().failure())
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);
    }
  }

  /** Returns native keys; they must not be in use any more. */
  void giveBack() {
    synchronized (borrowed) {
      borrowed.forEach(OwnKeys.Own::giveBack);
      borrowed.clear();
    }
  }
}
