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
  private final SessionContext clientSessions = new SessionContext();
  private final SessionContext serverSessions = new SessionContext();
  private X509Chain caNames;

  ContextData(
      X509ExtendedKeyManager keyManager,
      PskKeyManager pskKeyManager,
      X509ExtendedTrustManager trustManager,
      List<Protocol> clientProtocols,
      List<Protocol> serverProtocols) {
    this.keyManager = keyManager;
    this.pskKeyManager = pskKeyManager;
    this.trustManager = trustManager;
    this.clientProtocols = clientProtocols;
    this.serverProtocols = serverProtocols;
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

  /** The certificates whose names a server sends in CertificateRequest; parsed once. */
  synchronized X509Chain caNames() {
    if (caNames == null) {
      List<byte[]> issuers = new ArrayList<>();
      for (X509Certificate issuer : trustManager.getAcceptedIssuers()) {
        try {
          issuers.add(issuer.getEncoded());
        } catch (CertificateEncodingException e) {
          throw new IllegalStateException("an accepted issuer has no encoding", e);
        }
      }
      caNames = X509Chain.ofParseable(issuers);
    }
    return caNames;
  }
}
