package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Uses that are rare, and the same with SunJSSE. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OddUseTest {
  static Stream<Provider> providers() {
    return Stream.of(Contexts.OURS, Contexts.SUN);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void shutdownInputTwice(Provider provider) throws Exception {
    try (TlsPair pair = TlsPair.handshaken(provider, Contexts.OURS)) {
      assertThrows(SSLException.class, pair.client::shutdownInput);
      pair.client.shutdownInput();
      assertTrue(pair.client.isInputShutdown());
      pair.client.getOutputStream().write(3);
      assertEquals(3, pair.server.getInputStream().read());
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void aLayerOverAClosedSocket(Provider provider) throws Exception {
    SSLSocketFactory factory = Contexts.client(provider).getSocketFactory();
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket plain = new Socket(listener.getInetAddress(), listener.getLocalPort());
      plain.close();
      assertThrows(SocketException.class, () -> factory.createSocket(plain, "localhost", 1, true));
    }
  }

  /** Until the handshake fails. */
  @ParameterizedTest
  @MethodSource("providers")
  void theHandshakesSessionIsValid(Provider provider) throws Exception {
    for (boolean refuse : new boolean[] {false, true}) {
      RecordingTrust trust =
          new RecordingTrust() {
            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
              sessions.add(engine.getHandshakeSession());
              assertTrue(sessions.get(0).isValid());
              if (refuse) {
                throw new IllegalStateException("refused");
              }
            }
          };
      EnginePair pair =
          Peers.pair(
              Contexts.of(provider, null, new TrustManager[] {trust})
                  .createSSLEngine("localhost", 443),
              Contexts.server(Contexts.OURS, TestPki.server(Kind.EC)).createSSLEngine());
      if (refuse) {
        assertThrows(Exception.class, pair::handshake);
        assertFalse(pair.client.getSession().isValid());
      } else {
        pair.handshake();
        assertTrue(pair.client.getSession().isValid());
      }
      assertEquals(1, trust.sessions.size());
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void datagramsAreNotRetransmitted(Provider provider) throws Exception {
    SSLEngine engine = Contexts.client(provider).createSSLEngine();
    assertFalse(engine.getSSLParameters().getEnableRetransmissions());
  }
}
