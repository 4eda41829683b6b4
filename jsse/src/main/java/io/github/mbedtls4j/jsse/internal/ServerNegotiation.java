package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.SslConnection;
import io.github.mbedtls4j.nativeloader.handle.X509Chain;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.DHParameterSpec;
import javax.net.ssl.SNIServerName;

/** What a server answers a ClientHello: protocol, names, ALPN, session and keys. */
final class ServerNegotiation {
  private final ContextData context;
  private final Settings<?> settings;
  private final Owner owner;
  private final HandshakeTap tap;
  private final Session session;
  private final PskHandshake psk;
  private final Resumption resumption;
  private final HandshakeKeys keys;

  private volatile Proposal proposal;
  private volatile String applicationProtocol;

  ServerNegotiation(
      ContextData context,
      Settings<?> settings,
      Owner owner,
      HandshakeTap tap,
      Session session,
      PskHandshake psk,
      Resumption resumption,
      HandshakeKeys keys) {
    this.context = context;
    this.settings = settings;
    this.owner = owner;
    this.tap = tap;
    this.session = session;
    this.psk = psk;
    this.resumption = resumption;
    this.keys = keys;
  }

  /** What the connection offers or accepts. */
  void setProposal(Proposal made) {
    proposal = made;
  }

  /** The protocol chosen by ALPN: null before the decision, empty for none. */
  String applicationProtocol() {
    return applicationProtocol;
  }

  /** The decision on the ClientHello that the tap has seen; before Mbed TLS sees it. */
  Handshake.Decision onClientHello(SslConnection ssl) {
    return () -> {
      ClientHello hello = tap.clientHello();
      Protocol protocol = serverProtocol(hello);
      session.setProtocol(protocol);
      session.setPeerSignatureAlgorithms(hello.signatureAlgorithms());
      checkServerNames(hello);
      resumption.receive(hello, session);
      List<String> protocols = serverProtocols(hello);
      applicationProtocol = protocols.isEmpty() ? "" : protocols.get(0);
      List<OwnKeys.Own> chosen = keys(hello, protocol);
      Set<String> keyAlgorithms = keys.algorithms();
      Optional<DHParameterSpec> dhGroup =
          NamedGroups.serverDhSize(hello.groups(), proposal.dhSizes()).map(NamedGroups::dhGroup);
      X509Chain caNames = settings.requestClientCertificate() ? context.caNames() : null;
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
        resumption.prepare(ssl);
        chosen.forEach(own -> ssl.addOwnCertificate(own.chain(), own.key()));
        if (settings.requestClientCertificate()) {
          ssl.setCaNames(caNames);
        }
      };
    };
  }

  /**
   * The protocol to speak: Mbed TLS knows a lowest and a highest one, but not that one between them
   * is disabled.
   */
  private Protocol serverProtocol(ClientHello hello) throws Handshake.Refusal {
    Protocol offered = Protocol.ofMinor(hello.minorVersion());
    if (proposal.protocols().stream().noneMatch(hello::names)) {
      // Mbed TLS does not look: it would find no suite in common, and blame that.
      throw new Handshake.Refusal(
          Alert.PROTOCOL_VERSION,
          "The client speaks none of the protocols "
              + List.of(Protocol.names(proposal.protocols())),
          null);
    }
    return proposal.protocols().stream()
        .filter(enabled -> hello.minorVersion() > 0 && enabled.compareTo(offered) <= 0)
        .filter(hello::names)
        .findFirst()
        .orElseThrow(
            () ->
                new Handshake.Refusal(
                    Alert.PROTOCOL_VERSION,
                    "Client requested protocol "
                        + (hello.minorVersion() > 0 ? offered.standardName() : "SSLv3")
                        + " is not enabled or supported in server context",
                    null));
  }

  private List<Integer> inOrderOf(ClientHello hello) {
    List<Integer> enabled = proposal.suites().stream().map(Suite::id).toList();
    return hello.suites().stream().filter(enabled::contains).distinct().toList();
  }

  private void checkServerNames(ClientHello hello) throws Handshake.Refusal {
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
      throw new Handshake.Refusal(
          Alert.UNRECOGNIZED_NAME, "Unrecognized server name indication", null);
    }
  }

  /** The one protocol that the server agrees to; empty for no ALPN. */
  private List<String> serverProtocols(ClientHello hello) throws Handshake.Refusal {
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
      throw new Handshake.Refusal(
          Alert.NO_APPLICATION_PROTOCOL, "No matching application layer protocol values", null);
    }
    return chosen.isEmpty() ? List.of() : List.of(chosen);
  }

  /** The key of the session to be resumed, or those that a new one may need. */
  private List<OwnKeys.Own> keys(ClientHello hello, Protocol protocol) throws Handshake.Refusal {
    Session asked = resumption.asked();
    if (asked != null) {
      try {
        return resumedKeys(asked);
      } catch (InvalidKeyException e) {
        // It can be used no more: a new session gets another one.
        resumption.giveUp();
      }
    }
    resumption.requireCreation();
    return serverKeys(hello, protocol);
  }

  private List<OwnKeys.Own> resumedKeys(Session asked) throws InvalidKeyException {
    PrivateKey key = asked.resumable().key();
    return key == null
        ? List.of()
        : List.of(
            keys.borrow(
                key,
                (X509Certificate[]) asked.getLocalCertificates(),
                Suite.keyType(asked.getCipherSuite())));
  }

  private List<OwnKeys.Own> serverKeys(ClientHello hello, Protocol protocol)
      throws Handshake.Refusal {
    Set<String> types = new LinkedHashSet<>();
    if (psk.goesWithoutCertificate(hello, protocol)) {
      return List.of();
    }
    for (Suite suite : proposal.suites()) {
      if (hello.suites().contains(suite.id()) && suite.keyType() != null) {
        types.add(suite.keyType());
      }
    }
    List<OwnKeys.Own> chosen = new ArrayList<>();
    for (String type : types) {
      String alias = owner.chooseServerAlias(type);
      OwnKeys.Own own = alias == null ? null : keys.borrow(alias, type);
      if (own != null) {
        chosen.add(own);
      }
    }
    if (chosen.isEmpty() && !psk.needsNoCertificate(hello)) {
      throw new Handshake.Refusal(Alert.HANDSHAKE_FAILURE, "no cipher suites in common", null);
    }
    return chosen;
  }
}
