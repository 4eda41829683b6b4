package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Server sockets, and peers that do not speak TLS. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsServerSocketTest {
  static Stream<Provider> providers() {
    return Stream.of(Contexts.OURS, Contexts.SUN);
  }

  private static SSLContext servers(Provider provider) throws Exception {
    return Contexts.server(provider, TestPki.server(Kind.EC));
  }

  @Test
  void acceptedSocketsInheritTheConfiguration() throws Exception {
    SSLContext context = servers(Contexts.OURS);
    try (SSLServerSocket listener = TlsPair.listen(context)) {
      String[] suites = {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"};
      listener.setEnabledCipherSuites(suites);
      listener.setEnabledProtocols(new String[] {"TLSv1.2"});
      listener.setEnableSessionCreation(false);
      SSLParameters parameters = listener.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"a", "b"});
      parameters.setNeedClientAuth(true);
      listener.setSSLParameters(parameters);
      try (TlsPair pair = TlsPair.between(Contexts.client(Contexts.SUN), listener)) {
        assertArrayEquals(suites, pair.server.getEnabledCipherSuites());
        assertArrayEquals(new String[] {"TLSv1.2"}, pair.server.getEnabledProtocols());
        assertArrayEquals(
            new String[] {"a", "b"}, pair.server.getSSLParameters().getApplicationProtocols());
        assertTrue(pair.server.getNeedClientAuth());
        assertFalse(pair.server.getUseClientMode());
        assertFalse(pair.server.getEnableSessionCreation());
        // From here on each goes its own way.
        pair.server.setNeedClientAuth(false);
        assertTrue(listener.getNeedClientAuth());
        listener.setEnabledCipherSuites(listener.getSupportedCipherSuites());
        assertArrayEquals(suites, pair.server.getEnabledCipherSuites());
      }
      assertTrue(listener.toString().startsWith("[SSL: ServerSocket["), listener.toString());
    }
  }

  /** Whoever accepts the TCP connection may be the client in TLS, as in FTP. */
  @ParameterizedTest
  @MethodSource("providers")
  void theOneThatAcceptsMayBeTheClient(Provider other) throws Exception {
    try (SSLServerSocket listener = TlsPair.listen(Contexts.client(Contexts.OURS))) {
      listener.setUseClientMode(true);
      assertTrue(listener.getUseClientMode());
      SSLSocket server =
          (SSLSocket)
              servers(other)
                  .getSocketFactory()
                  .createSocket(listener.getInetAddress(), listener.getLocalPort());
      server.setUseClientMode(false);
      try (server;
          SSLSocket client = TlsPair.accept(listener)) {
        assertTrue(client.getUseClientMode());
        CompletableFuture<Void> far = Background.run(() -> server.getOutputStream().write(3));
        assertEquals(3, client.getInputStream().read());
        Background.await(far);
        assertThrows(IllegalArgumentException.class, () -> client.setUseClientMode(false));
        assertEquals("CN=server", client.getSession().getPeerPrincipal().getName());
      }
    }
  }

  @Test
  void factory() throws Exception {
    SSLServerSocketFactory factory = servers(Contexts.OURS).getServerSocketFactory();
    assertTrue(factory.getSupportedCipherSuites().length > 0);
    assertTrue(factory.getDefaultCipherSuites().length > 0);
    try (ServerSocket unbound = factory.createServerSocket();
        ServerSocket any = factory.createServerSocket(0);
        ServerSocket backlog = factory.createServerSocket(0, 3)) {
      assertFalse(unbound.isBound());
      unbound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      assertTrue(unbound.getLocalPort() > 0);
      assertTrue(any.getInetAddress().isAnyLocalAddress());
      assertTrue(backlog.isBound());
      int taken = any.getLocalPort();
      assertThrows(SocketException.class, () -> factory.createServerSocket(taken));
      unbound.setSoTimeout(50);
      assertThrows(SocketTimeoutException.class, unbound::accept);
    }
  }

  @Test
  void closeWakesAccept() throws Exception {
    SSLServerSocket listener = TlsPair.listen(servers(Contexts.OURS));
    CompletableFuture<Socket> accept = Background.call(listener::accept);
    listener.close();
    assertInstanceOf(SocketException.class, Background.failureOf(accept));
  }

  /** The message is what people search for; it is SunJSSE's. */
  @ParameterizedTest
  @MethodSource("providers")
  void aPlainHttpClient(Provider provider) throws Exception {
    try (SSLServerSocket listener = TlsPair.listen(servers(provider));
        Socket plain = new Socket(listener.getInetAddress(), listener.getLocalPort());
        SSLSocket accepted = TlsPair.accept(listener)) {
      plain.setSoTimeout(TlsPair.SO_TIMEOUT);
      plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream in = accepted.getInputStream();
      SSLException e = assertThrows(SSLException.class, in::read);
      assertEquals("Unsupported or unrecognized SSL message", e.getMessage());
      assertTrue(accepted.isClosed());
      SSLException again = assertThrows(SSLException.class, in::read);
      assertEquals(e, again.getCause());
      assertEquals(SSLException.class, e.getClass());
      byte[] told = plain.getInputStream().readAllBytes();
      // alert, TLS 1.x, 2 bytes: fatal unexpected_message
      assertEquals(7, told.length);
      assertEquals(21, told[0]);
      assertEquals(3, told[1]);
      assertEquals(2, told[5]);
      assertEquals(10, told[6]);
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void aPlainHttpServer(Provider provider) throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SSLSocket client = TlsPair.dial(Contexts.client(provider), listener.getLocalPort());
        Socket accepted = listener.accept()) {
      accepted
          .getOutputStream()
          .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      SSLException e = assertThrows(SSLException.class, client::startHandshake);
      assertEquals("Unsupported or unrecognized SSL message", e.getMessage());
      assertTrue(client.isClosed());
    }
  }
}
