package io.github.mbedtls4j.jsse;

import io.github.mbedtls4j.jsse.internal.FixedPskKeyManager;
import java.util.List;
import javax.crypto.SecretKey;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;

/**
 * Knows the pre-shared keys of the cipher suites {@code TLS_PSK_*}, {@code TLS_DHE_PSK_*}, {@code
 * TLS_ECDHE_PSK_*} and {@code TLS_RSA_PSK_*} (RFC 4279). One is given to {@link
 * javax.net.ssl.SSLContext#init SSLContext.init} among the key managers, beside an X.509 one or
 * alone; the first of the array is used. The suites must also be enabled on the engine or socket:
 * none is by default.
 *
 * <pre>{@code
 * PskKeyManager keys = PskKeyManager.of(new PskCredential("sensor-17", key));
 * SSLContext context = SSLContext.getInstance("TLS", "MbedJSSE");
 * context.init(new KeyManager[] {keys}, null, null);
 * SSLEngine engine = context.createSSLEngine("gateway.example", 8883);
 * engine.setEnabledCipherSuites(new String[] {"TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256"});
 * }</pre>
 *
 * <p>The methods are called in the handshake, as delegated tasks where an engine is used, by any
 * number of threads at once. What they throw ends the handshake with an {@code
 * SSLHandshakeException} that has it as its cause. The session is that of the handshake: it knows
 * the peer's host and port as they were given to the engine or socket, and the suite.
 *
 * <p>A pre-shared key proves both ends to each other; a peer that has it is not checked further.
 * There is no host name to verify, except where the suite has a certificate too (RSA_PSK). A server
 * that needs client authentication accepts it as such. Servers of Mbed TLS 2.28 send no hint.
 */
public interface PskKeyManager extends KeyManager {
  /**
   * Chooses what a client tells a server.
   *
   * @param hint what the server said of the key it wants, in the clear and unauthenticated; null if
   *     it said nothing
   * @return null if there is no key for this server: the handshake fails
   */
  default PskCredential chooseClientCredential(PskIdentity hint, ExtendedSSLSession session) {
    return null;
  }

  /**
   * Finds a client's key for a server. Nothing is known of the client yet: whoever gets here has
   * only named an identity.
   *
   * @return a key with an encoding of 1 to {@link PskCredential#maxKeyLength} bytes, or the
   *     handshake fails; null if the identity is unknown
   */
  default SecretKey getServerKey(PskIdentity identity, ExtendedSSLSession session) {
    return null;
  }

  /**
   * Whether a server treats an unknown identity like a wrong key, so that clients cannot find out
   * which identities exist (RFC 4279 section 2). Otherwise, as by default, they get the alert
   * unknown_psk_identity. How long {@link #getServerKey} takes must not tell either.
   */
  default boolean concealsUnknownIdentities() {
    return false;
  }

  /**
   * A manager with fixed keys: a client uses the first, a server knows them all.
   *
   * @throws IllegalArgumentException if there is none, or an identity comes twice
   */
  static PskKeyManager of(PskCredential... credentials) {
    return new FixedPskKeyManager(List.of(credentials), false);
  }

  /**
   * As {@link #of}, and conceals which identities are unknown.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  static PskKeyManager concealing(PskCredential... credentials) {
    return new FixedPskKeyManager(List.of(credentials), true);
  }
}
