package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The handshake as a socket's user sees it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SocketHandshakeTest {
  static Stream<Arguments> pairs() {
    return Stream.of(
        Arguments.of(Contexts.OURS, Contexts.OURS),
        Arguments.of(Contexts.OURS, Contexts.SUN),
        Arguments.of(Contexts.SUN, Contexts.OURS));
  }

  private static TlsPair connect(Provider client, Provider server) throws Exception {
    return TlsPair.connect(
        Contexts.client(client), Contexts.server(server, TestPki.server(Kind.EC)));
  }

  @Test
  void listenersAreCalledOnceInTheirOwnThread() throws Exception {
    BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    try (TlsPair pair = connect(Contexts.OURS, Contexts.OURS)) {
      pair.client.addHandshakeCompletedListener(
          event -> {
            events.add(event.getSession());
            events.add(event.getSocket());
            events.add(Thread.currentThread());
          });
      assertThrows(
          IllegalArgumentException.class, () -> pair.client.addHandshakeCompletedListener(null));
      assertThrows(
          IllegalArgumentException.class,
          () -> pair.client.removeHandshakeCompletedListener(event -> {}));
      pair.handshake();
      assertSame(pair.client.getSession(), events.poll(TlsPair.SO_TIMEOUT, TimeUnit.MILLISECONDS));
      assertSame(pair.client, events.poll(TlsPair.SO_TIMEOUT, TimeUnit.MILLISECONDS));
      assertNotEquals(
          Thread.currentThread(), events.poll(TlsPair.SO_TIMEOUT, TimeUnit.MILLISECONDS));
      pair.client.getOutputStream().write(1);
      assertEquals(1, pair.server.getInputStream().read());
      assertTrue(events.isEmpty());
    }
  }

  @Test
  void getSessionHandshakes() throws Exception {
    try (TlsPair pair = connect(Contexts.OURS, Contexts.OURS)) {
      CompletableFuture<SSLSession> far = Background.call(pair.server::getSession);
      SSLSession session = pair.client.getSession();
      assertTrue(session.isValid());
      assertEquals("TLSv1.2", session.getProtocol());
      assertEquals(Background.await(far).getCipherSuite(), session.getCipherSuite());
      assertEquals("localhost", session.getPeerHost());
      assertNull(pair.client.getHandshakeSession());
      assertThrows(SSLPeerUnverifiedException.class, Background.await(far)::getPeerCertificates);
    }
  }

  @Test
  void getSessionAfterAFailure() throws Exception {
    try (TlsPair pair =
        TlsPair.connect(
            Contexts.of(Contexts.OURS, null, new TrustManager[0]),
            Contexts.server(Contexts.OURS, TestPki.server(Kind.EC)))) {
      CompletableFuture<Void> server = Background.run(pair.server::startHandshake);
      SSLSession session = pair.client.getSession();
      assertFalse(session.isValid());
      assertEquals("SSL_NULL_WITH_NULL_NULL", session.getCipherSuite());
      assertEquals("NONE", session.getProtocol());
      assertThrows(SSLPeerUnverifiedException.class, session::getPeerCertificates);
      assertInstanceOf(SSLHandshakeException.class, Background.failureOf(server));
    }
  }

  /** Trusts by a callback that sees the socket. */
  private abstract static class SocketTrust extends X509ExtendedTrustManager {
    abstract void check(X509Certificate[] chain, String authType, SSLSocket socket)
        throws CertificateException;

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      check(chain, authType, (SSLSocket) socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      check(chain, authType, (SSLSocket) socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("not with an engine");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("not with an engine");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("not without a socket");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("not without a socket");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  @Test
  void aTrustManagerSeesTheHandshakeSession() throws Exception {
    AtomicReference<String> seen = new AtomicReference<>();
    AtomicReference<SSLSession> own = new AtomicReference<>();
    TrustManager manager =
        new SocketTrust() {
          @Override
          void check(X509Certificate[] chain, String authType, SSLSocket socket) {
            SSLSession session = socket.getHandshakeSession();
            seen.set(
                session.getPeerHost()
                    + " "
                    + session.getProtocol()
                    + " "
                    + session.getCipherSuite()
                    + " "
                    + authType
                    + " "
                    + chain[0].getSubjectX500Principal());
            // A common mistake: the handshake cannot wait for itself.
            own.set(socket.getSession());
          }
        };
    try (TlsPair pair =
        TlsPair.connect(
            Contexts.of(Contexts.OURS, null, new TrustManager[] {manager}),
            Contexts.server(Contexts.SUN, TestPki.server(Kind.EC)))) {
      pair.client.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
      pair.handshake();
      assertEquals(
          "localhost TLSv1.2 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 ECDHE_ECDSA CN=server",
          seen.get());
      assertFalse(own.get().isValid());
      assertTrue(pair.client.getSession().isValid());
    }
  }

  private static void handshake(
      String host, SSLContext clients, SSLServerSocket listener, String algorithm)
      throws Exception {
    CompletableFuture<Void> server =
        Background.run(
            () -> {
              try (SSLSocket accepted = TlsPair.accept(listener)) {
                accepted.startHandshake();
                accepted.getInputStream().read();
              }
            });
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
        SSLSocket socket =
            (SSLSocket)
                clients
                    .getSocketFactory()
                    .createSocket(plain, host, listener.getLocalPort(), true)) {
      plain.setSoTimeout(TlsPair.SO_TIMEOUT);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm(algorithm);
      socket.setSSLParameters(parameters);
      socket.startHandshake();
    } finally {
      Exception failure = Background.failureOf(server);
      assertTrue(failure == null || failure instanceof IOException, () -> "" + failure);
    }
  }

  @Test
  void hostNames() throws Exception {
    SSLContext clients = Contexts.client(Contexts.OURS);
    SSLContext servers = Contexts.server(Contexts.OURS, TestPki.server(Kind.EC));
    try (SSLServerSocket listener = TlsPair.listen(servers)) {
      for (String right : List.of("localhost", "127.0.0.1", "www.example.test", "::1")) {
        handshake(right, clients, listener, "HTTPS");
      }
      for (String wrong : List.of("other", "127.0.0.2", "example.test", "a.b.example.test")) {
        SSLHandshakeException e =
            assertThrows(
                SSLHandshakeException.class, () -> handshake(wrong, clients, listener, "HTTPS"));
        assertInstanceOf(CertificateException.class, e.getCause(), wrong);
      }
      // As in all of JSSE: who does not ask for it does not get it.
      handshake("other", clients, listener, null);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void applicationProtocols(Provider client, Provider server) throws Exception {
    try (TlsPair pair = connect(client, server)) {
      alpn(pair.client, "h2", "http/1.1");
      alpn(pair.server, "spdy", "http/1.1");
      assertNull(pair.client.getApplicationProtocol());
      pair.handshake();
      assertEquals("http/1.1", pair.client.getApplicationProtocol());
      assertEquals("http/1.1", pair.server.getApplicationProtocol());
    }
    try (TlsPair pair = connect(client, server)) {
      alpn(pair.client, "h2", "http/1.1");
      pair.server.setHandshakeApplicationProtocolSelector(
          (socket, offered) -> socket == pair.server ? offered.get(1) : null);
      pair.handshake();
      assertEquals("http/1.1", pair.client.getApplicationProtocol());
    }
    try (TlsPair pair = connect(client, server)) {
      pair.handshake();
      assertEquals("", pair.client.getApplicationProtocol());
      assertEquals("", pair.server.getApplicationProtocol());
    }
    try (TlsPair pair = connect(client, server)) {
      alpn(pair.client, "h2");
      alpn(pair.server, "spdy");
      CompletableFuture<Void> far = Background.run(pair.server::startHandshake);
      pair.client.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThrows(SSLHandshakeException.class, pair.client::startHandshake);
      assertInstanceOf(SSLHandshakeException.class, Background.failureOf(far));
    }
  }

  private static void alpn(SSLSocket socket, String... protocols) {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void clientAuthentication(Provider client, Provider server) throws Exception {
    SSLContext servers = Contexts.server(server, TestPki.server(Kind.EC));
    SSLContext named = Contexts.client(client, TestPki.client(Kind.RSA));
    SSLContext nameless = Contexts.client(client);
    try (SSLServerSocket listener = TlsPair.listen(servers)) {
      listener.setNeedClientAuth(true);
      try (TlsPair pair = TlsPair.between(named, listener)) {
        assertTrue(pair.server.getNeedClientAuth());
        pair.handshake();
        assertArrayEquals(
            TestPki.client(Kind.RSA).chain, pair.server.getSession().getPeerCertificates());
        assertArrayEquals(
            TestPki.client(Kind.RSA).chain, pair.client.getSession().getLocalCertificates());
      }
      try (TlsPair pair = TlsPair.between(nameless, listener)) {
        CompletableFuture<Void> far = Background.run(pair.server::startHandshake);
        pair.client.setEnabledProtocols(new String[] {"TLSv1.2"});
        // SunJSSE may still be writing when the refusal comes, and then sees a broken pipe.
        assertThrows(IOException.class, pair.client::startHandshake);
        assertInstanceOf(SSLHandshakeException.class, Background.failureOf(far));
      }
      listener.setWantClientAuth(true);
      assertFalse(listener.getNeedClientAuth());
      try (TlsPair pair = TlsPair.between(nameless, listener)) {
        assertTrue(pair.server.getWantClientAuth());
        pair.handshake();
        assertThrows(
            SSLPeerUnverifiedException.class, pair.server.getSession()::getPeerCertificates);
      }
      try (TlsPair pair = TlsPair.between(named, listener)) {
        pair.handshake();
        assertEquals("CN=client RSA", pair.server.getSession().getPeerPrincipal().getName());
      }
    }
  }

  /** Renegotiation comes later; until then a second handshake is refused and nothing breaks. */
  @Test
  void aSecondHandshake() throws Exception {
    try (TlsPair pair = TlsPair.handshaken(Contexts.OURS, Contexts.OURS)) {
      assertThrows(SSLException.class, pair.client::startHandshake);
      pair.client.getOutputStream().write(1);
      assertEquals(1, pair.server.getInputStream().read());
    }
  }

  @Test
  void noSecretsInText() throws Exception {
    try (TlsPair pair = TlsPair.handshaken(Contexts.OURS, Contexts.OURS)) {
      String id = HexFormat.of().formatHex(pair.client.getSession().getId());
      for (Object object : List.of(pair.client, pair.server, pair.client.getSession())) {
        assertFalse(id.length() > 0 && object.toString().contains(id), object.toString());
      }
    }
  }
}
