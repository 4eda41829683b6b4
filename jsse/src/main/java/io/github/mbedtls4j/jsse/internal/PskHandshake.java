package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.jsse.PskCredential;
import io.github.mbedtls4j.jsse.PskIdentity;
import io.github.mbedtls4j.jsse.PskKeyManager;
import io.github.mbedtls4j.nativeloader.handle.Curve;
import io.github.mbedtls4j.nativeloader.handle.Rng;
import io.github.mbedtls4j.nativeloader.handle.SslConnection;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import javax.crypto.SecretKey;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** The pre-shared keys of one handshake (RFC 4279): which suites they allow, and which is used. */
final class PskHandshake {
  private static final int PLACEHOLDER = 32;

  private final PskKeyManager manager;
  private final Settings<?> settings;
  private final HandshakeTap tap;
  private final Session session;

  private volatile Proposal proposal;

  /** The one whose key was installed. */
  private volatile PskIdentity identity;

  /**
   * @param manager null if there are no keys
   */
  PskHandshake(PskKeyManager manager, Settings<?> settings, HandshakeTap tap, Session session) {
    this.manager = manager;
    this.settings = settings;
    this.tap = tap;
    this.session = session;
  }

  /** What the connection offers or accepts. */
  void setProposal(Proposal made) {
    proposal = made;
  }

  /** Whether ServerHello has chosen a suite with a pre-shared key. */
  boolean isChosen() {
    return Suite.isPsk(tap.suite());
  }

  /**
   * Gives Mbed TLS a key that nobody knows. It offers and chooses suites only if it has some key,
   * before the right one can be known.
   */
  void prepare(SslConnection ssl) {
    if (proposal.suites().stream().anyMatch(Suite::isPsk)) {
      ssl.setPsk(Rng.bytes(PLACEHOLDER), Rng.bytes(PLACEHOLDER));
    }
  }

  /** Whether one of the client's suites can be used without a certificate. */
  boolean needsNoCertificate(ClientHello hello) {
    return proposal.suites().stream()
        .anyMatch(s -> s.keyType() == null && hello.suites().contains(s.id()));
  }

  /** Whether Mbed TLS is going to choose a suite without a certificate, whatever else there is. */
  boolean goesWithoutCertificate(ClientHello hello, Protocol protocol) {
    List<Suite> ours = proposal.suites();
    return ours.stream()
        .filter(suite -> hello.suites().contains(suite.id()))
        .min(
            Comparator.comparing(
                suite ->
                    settings.useCipherSuitesOrder()
                        ? ours.indexOf(suite)
                        : hello.suites().indexOf(suite.id())))
        .filter(suite -> suite.keyType() == null)
        // Older protocols lack some suites, and others need a curve of both ends.
        .filter(suite -> protocol == Protocol.TLSV1_2)
        .filter(suite -> !suite.isEcdhe() || hasCommonCurve(hello))
        .isPresent();
  }

  /** Whether both ends certainly have a curve. */
  private boolean hasCommonCurve(ClientHello hello) {
    return hello.hasSecp256r1() && proposal.curves().contains(Curve.SECP256R1.groupId());
  }

  /** The decision of a client that has read the server's messages. */
  Handshake.Decision clientKey(SslConnection ssl) {
    return () -> {
      PskCredential credential = manager.chooseClientCredential(tap.pskHint(), session);
      if (credential == null) {
        throw new Handshake.Refusal(
            Alert.HANDSHAKE_FAILURE, "the PskKeyManager has no key for this server", null);
      }
      return install(ssl, credential);
    };
  }

  /** The decision of a server that a client named an identity to; before Mbed TLS sees it. */
  Handshake.Decision serverKey(SslConnection ssl) {
    return () -> {
      byte[] named = tap.pskIdentity();
      if (named.length == 0) {
        // RFC 4279 allows it; Mbed TLS does not.
        throw new Handshake.Refusal(Alert.UNKNOWN_PSK_IDENTITY, "empty PSK identity", null);
      }
      PskIdentity client = PskIdentity.of(named);
      SecretKey key = manager.getServerKey(client, session);
      if (key != null) {
        PskCredential credential = credential(client, key);
        Runnable installation = install(ssl, credential);
        credential.destroy();
        return installation;
      }
      if (!manager.concealsUnknownIdentities()) {
        throw new Handshake.Refusal(Alert.UNKNOWN_PSK_IDENTITY, "unknown PSK identity", null);
      }
      return () -> ssl.setPsk(named, Rng.bytes(PLACEHOLDER));
    };
  }

  private static PskCredential credential(PskIdentity client, SecretKey key)
      throws Handshake.Refusal {
    try {
      return PskCredential.of(client, key);
    } catch (IllegalArgumentException e) {
      throw new Handshake.Refusal(Alert.INTERNAL_ERROR, e.getMessage(), e);
    }
  }

  private Runnable install(SslConnection ssl, PskCredential credential) {
    byte[] key = credential.key();
    identity = credential.identity();
    return () -> {
      try {
        ssl.setPsk(credential.identity().bytes(), key);
      } finally {
        Arrays.fill(key, (byte) 0);
      }
    };
  }

  /** What a peer's fatal alert is thrown as. */
  SSLException received(int description) {
    SSLException exception = Alert.received(description);
    // The first record that a wrong key shows in: it is the handshake that failed.
    return isChosen() && Alert.of(description) == Alert.BAD_RECORD_MAC
        ? new SSLHandshakeException(exception.getMessage())
        : exception;
  }

  /** Names the ends in the session, once the handshake has proved the key. */
  void finish() {
    if (identity != null) {
      session.setPskIdentity(identity, settings.clientMode);
    }
  }
}
