package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.security.Principal;
import java.security.Provider;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings count that were made before the handshake, as with SunJSSE, and until it starts. */
class LateSettingsTest {
  static Stream<Provider> providers() {
    return Stream.of(Contexts.OURS, Contexts.SUN);
  }

  /** Changes its mind about client authentication when it is asked for a key. */
  private static EnginePair pair(Provider provider, boolean before, boolean later)
      throws Exception {
    RecordingKeys keys =
        new RecordingKeys(TestPki.server(Kind.EC)) {
          @Override
          public String chooseEngineServerAlias(String type, Principal[] names, SSLEngine engine) {
            engine.setNeedClientAuth(later);
            return super.chooseEngineServerAlias(type, names, engine);
          }
        };
    EnginePair pair =
        Peers.pair(
            Contexts.client(Contexts.OURS).createSSLEngine("localhost", 443),
            Contexts.of(provider, keys.array(), TestPki.trust()).createSSLEngine());
    pair.server.setNeedClientAuth(before);
    return pair;
  }

  @ParameterizedTest
  @MethodSource("providers")
  void clientAuthenticationIsNotDroppedInTheHandshake(Provider provider) throws Exception {
    EnginePair pair = pair(provider, true, false);
    SSLHandshakeException e = assertThrows(SSLHandshakeException.class, pair::handshake);
    assertEquals("Empty client certificate chain", Peers.message(e));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void clientAuthenticationIsNotAddedInTheHandshake(Provider provider) throws Exception {
    EnginePair pair = pair(provider, false, true);
    pair.handshake();
    assertTrue(pair.server.getNeedClientAuth());
    SSLSession session = pair.server.getSession();
    assertThrows(SSLPeerUnverifiedException.class, session::getPeerCertificates);
  }

  /** Many servers take the streams of a layered socket before they say that they are one. */
  @ParameterizedTest
  @MethodSource("providers")
  void theEndMayChangeAfterTheStreamsWereTaken(Provider provider) throws Exception {
    SSLContext clients = Contexts.client(Contexts.OURS);
    SSLContext servers = Contexts.server(provider, TestPki.server(Kind.EC));
    try (var listener = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
        SSLSocket client = TlsPair.dial(clients, listener.getLocalPort());
        SSLSocket server =
            (SSLSocket)
                servers.getSocketFactory().createSocket(listener.accept(), "peer", 1, true)) {
      server.setSoTimeout(TlsPair.SO_TIMEOUT);
      var out = server.getOutputStream();
      server.setUseClientMode(false);
      server.setEnabledProtocols(new String[] {"TLSv1.2"});
      CompletableFuture<Void> far = Background.run(() -> out.write(5));
      assertEquals(5, client.getInputStream().read());
      Background.await(far);
      assertSame(servers.getServerSessionContext(), server.getSession().getSessionContext());
      for (boolean mode : new boolean[] {true, false}) {
        assertThrows(IllegalArgumentException.class, () -> server.setUseClientMode(mode));
      }
    }
  }
}
