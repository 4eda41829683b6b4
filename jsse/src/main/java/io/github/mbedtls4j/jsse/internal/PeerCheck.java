package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.SavedSession;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Whether the peer's certificates are accepted, by user code, in one handshake. */
final class PeerCheck {
  private final Settings<?> settings;
  private final Owner owner;
  private final HandshakeTap tap;
  private final Session session;
  private X509Certificate[] verified;

  PeerCheck(Settings<?> settings, Owner owner, HandshakeTap tap, Session session) {
    this.settings = settings;
    this.owner = owner;
    this.tap = tap;
    this.session = session;
  }

  /** The decision of a client on the server's chain. */
  Runnable checkServer() throws Handshake.Refusal {
    String authType = Suite.authType(session.getCipherSuite());
    X509Certificate[] chain = peerChain();
    try {
      owner.checkServerTrusted(chain.clone(), authType);
    } catch (CertificateException e) {
      throw new Handshake.Refusal(Alert.ofRefusal(e), e.getMessage(), e);
    }
    return accept(chain);
  }

  /** The decision of a server on the client's chain, which may be empty. */
  Runnable checkClient() throws Handshake.Refusal {
    if (tap.peerCertificates().isEmpty()) {
      if (settings.needClientAuth) {
        throw new Handshake.Refusal(Alert.BAD_CERTIFICATE, "Empty client certificate chain", null);
      }
      return () -> {};
    }
    X509Certificate[] chain = peerChain();
    try {
      owner.checkClientTrusted(chain.clone(), chain[0].getPublicKey().getAlgorithm());
    } catch (CertificateException e) {
      throw new Handshake.Refusal(Alert.ofRefusal(e), e.getMessage(), e);
    }
    return accept(chain);
  }

  private X509Certificate[] peerChain() throws Handshake.Refusal {
    try {
      return tap.peerChain();
    } catch (CertificateException e) {
      throw new Handshake.Refusal(
          Alert.BAD_CERTIFICATE, "the peer's certificate cannot be read", e);
    }
  }

  private Runnable accept(X509Certificate[] chain) {
    return () -> {
      verified = chain;
      session.setPeerCertificates(chain);
    };
  }

  /**
   * Checks that Mbed TLS used what was accepted.
   *
   * @throws Handshake.Refusal if it used another certificate
   */
  void checkUsed(SavedSession made) throws Handshake.Refusal {
    List<byte[]> sent = tap.peerCertificates();
    if (!sent.isEmpty() && (verified == null || !made.hasCertificate(sent.get(0)))) {
      throw new Handshake.Refusal(
          Alert.INTERNAL_ERROR, "Mbed TLS used another certificate than the one checked", null);
    }
  }
}
