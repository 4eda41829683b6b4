package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.jsse.PskKeyManager;
import io.github.mbedtls4j.nativeloader.handle.X509Chain;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** What all connections of an SSLContext share; safe for use by several threads. */
final class ContextData {
  private final X509ExtendedKeyManager keyManager;
  private final PskKeyManager pskKeyManager;
  private final X509ExtendedTrustManager trustManager;
  private final List<Protocol> clientProtocols;
  private final List<Protocol> serverProtocols;
  private final OwnKeys ownKeys = new OwnKeys();
  private final SessionContext clientSessions;
  private final SessionContext serverSessions;
  private volatile CaNames caNames;

  private record CaNames(List<X509Certificate> issuers, X509Chain parsed) {}

  ContextData(
      X509ExtendedKeyManager keyManager,
      PskKeyManager pskKeyManager,
      X509ExtendedTrustManager trustManager,
      List<Protocol> clientProtocols,
      List<Protocol> serverProtocols,
      SessionContext clientSessions,
      SessionContext serverSessions) {
    this.keyManager = keyManager;
    this.pskKeyManager = pskKeyManager;
    this.trustManager = trustManager;
    this.clientProtocols = clientProtocols;
    this.serverProtocols = serverProtocols;
    this.clientSessions = clientSessions;
    this.serverSessions = serverSessions;
  }

  X509ExtendedKeyManager keyManager() {
    return keyManager;
  }

  /** Null if there is none. */
  PskKeyManager pskKeyManager() {
    return pskKeyManager;
  }

  X509ExtendedTrustManager trustManager() {
    return trustManager;
  }

  /** The protocols that connections enable by default at one end. */
  List<Protocol> protocols(boolean client) {
    return client ? clientProtocols : serverProtocols;
  }

  OwnKeys ownKeys() {
    return ownKeys;
  }

  SessionContext clientSessions() {
    return clientSessions;
  }

  SessionContext serverSessions() {
    return serverSessions;
  }

  /**
   * The certificates whose names a server sends in CertificateRequest; parsed again only when the
   * trust manager has others.
   */
  X509Chain caNames() {
    // User code: without a lock.
    List<X509Certificate> issuers = List.of(trustManager.getAcceptedIssuers());
    CaNames known = caNames;
    if (known == null || !known.issuers.equals(issuers)) {
      known = new CaNames(issuers, parse(issuers));
      caNames = known;
    }
    return known.parsed;
  }

  private static X509Chain parse(List<X509Certificate> issuers) {
    List<byte[]> encoded = new ArrayList<>();
    for (X509Certificate issuer : issuers) {
      try {
        encoded.add(issuer.getEncoded());
      } catch (CertificateEncodingException e) {
        throw new IllegalStateException("an accepted issuer has no encoding", e);
      }
    }
    return X509Chain.ofParseable(encoded);
  }
}
