package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sockets over sockets, and what the factory makes of its arguments. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LayeredSocketTest {
  private Socket near;
  private Socket far;
  private SSLContext clients;
  private SSLContext servers;

  static Stream<SSLContext> serverContexts() throws Exception {
    return Stream.of(
        Contexts.server(Contexts.OURS, TestPki.server(Kind.EC)),
        Contexts.server(Contexts.SUN, TestPki.server(Kind.EC)));
  }

  @BeforeEach
  void connect() throws Exception {
    clients = Contexts.client(Contexts.OURS);
    servers = Contexts.server(Contexts.OURS, TestPki.server(Kind.EC));
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      near = new Socket(listener.getInetAddress(), listener.getLocalPort());
      far = listener.accept();
      near.setSoTimeout(TlsPair.SO_TIMEOUT);
      far.setSoTimeout(TlsPair.SO_TIMEOUT);
    }
  }

  @AfterEach
  void disconnect() throws IOException {
    near.close();
    far.close();
  }

  private SSLSocket client(boolean autoClose) throws IOException {
    SSLSocket socket =
        (SSLSocket) clients.getSocketFactory().createSocket(near, "localhost", 4711, autoClose);
    socket.setEnabledProtocols(new String[] {"TLSv1.2"});
    return socket;
  }

  private static SSLSocket server(
      SSLContext context, Socket plain, InputStream consumed, boolean autoClose)
      throws IOException {
    SSLSocketFactory factory = context.getSocketFactory();
    return (SSLSocket) factory.createSocket(plain, consumed, autoClose);
  }

  @Test
  void autoCloseClosesTheTransport() throws Exception {
    SSLSocket client = client(true);
    SSLSocket server = server(servers, far, null, true);
    CompletableFuture<Integer> read =
        Background.call(
            () -> {
              server.startHandshake();
              return server.getInputStream().read();
            });
    client.startHandshake();
    assertEquals("localhost", client.getSession().getPeerHost());
    client.close();
    assertTrue(near.isClosed());
    assertEquals(-1, Background.await(read));
    server.close();
    assertTrue(far.isClosed());
  }

  /** After both goodbyes the transport carries plain data again, with nothing lost or left. */
  @ParameterizedTest
  @MethodSource("serverContexts")
  void withoutAutoCloseTheTransportLivesOn(SSLContext context) throws Exception {
    SSLSocket client = client(false);
    CompletableFuture<Void> other =
        Background.run(
            () -> {
              SSLSocket server = server(context, far, null, false);
              assertFalse(server.getUseClientMode());
              // The client will not read this: its close has to.
              server.getOutputStream().write(new byte[50_000]);
              assertEquals(-1, server.getInputStream().read());
              server.close();
              far.getOutputStream().write(1);
              assertEquals(2, far.getInputStream().read());
            });
    client.startHandshake();
    client.close();
    assertTrue(client.isClosed());
    assertFalse(near.isClosed());
    assertThrows(SocketException.class, client::getInputStream);
    assertEquals(1, near.getInputStream().read());
    near.getOutputStream().write(2);
    Background.await(other);
  }

  @Test
  void whatWasConsumedIsReadFirst() throws Exception {
    SSLSocket client = client(true);
    CompletableFuture<byte[]> other =
        Background.call(
            () -> {
              // As a server does that looks whether this is TLS at all.
              byte[] peeked = far.getInputStream().readNBytes(7);
              SSLSocket server = server(servers, far, new ByteArrayInputStream(peeked), true);
              server.getOutputStream().write(server.getInputStream().readNBytes(100));
              assertEquals(-1, server.getInputStream().read());
              assertFalse(far.isClosed());
              return peeked;
            });
    byte[] data = Contexts.random(100);
    client.getOutputStream().write(data);
    assertArrayEquals(data, client.getInputStream().readNBytes(100));
    client.close();
    assertEquals(22, Background.await(other)[0]);
  }

  @Test
  void theTransportMustBeConnected() {
    SSLSocketFactory factory = clients.getSocketFactory();
    assertThrows(
        SocketException.class, () -> factory.createSocket(new Socket(), "localhost", 1, true));
    assertThrows(
        SocketException.class, () -> factory.createSocket(new Socket(), (InputStream) null, true));
    assertThrows(
        NullPointerException.class, () -> factory.createSocket(null, "localhost", 1, true));
    assertThrows(IOException.class, () -> client(true).connect(near.getRemoteSocketAddress()));
  }

  @Test
  void optionsAreTheTransports() throws Exception {
    try (SSLSocket socket = client(true)) {
      socket.setTcpNoDelay(true);
      assertTrue(near.getTcpNoDelay());
      socket.setKeepAlive(true);
      assertTrue(near.getKeepAlive());
      socket.setSoTimeout(1234);
      assertEquals(1234, near.getSoTimeout());
      socket.setSoLinger(true, 3);
      assertEquals(3, near.getSoLinger());
      socket.setReuseAddress(true);
      assertTrue(near.getReuseAddress());
      socket.setSendBufferSize(20_000);
      assertEquals(near.getSendBufferSize(), socket.getSendBufferSize());
      socket.setReceiveBufferSize(20_000);
      assertEquals(near.getReceiveBufferSize(), socket.getReceiveBufferSize());
      socket.setTrafficClass(8);
      assertEquals(near.getTrafficClass(), socket.getTrafficClass());
      assertSame(socket, socket.setOption(StandardSocketOptions.TCP_NODELAY, false));
      assertFalse(near.getTcpNoDelay());
      assertFalse(socket.getOption(StandardSocketOptions.TCP_NODELAY));
      assertEquals(near.supportedOptions(), socket.supportedOptions());
      assertEquals(near.getPort(), socket.getPort());
      assertEquals(near.getLocalPort(), socket.getLocalPort());
      assertEquals(near.getInetAddress(), socket.getInetAddress());
      assertEquals(near.getLocalAddress(), socket.getLocalAddress());
      assertEquals(near.getRemoteSocketAddress(), socket.getRemoteSocketAddress());
      assertEquals(near.getLocalSocketAddress(), socket.getLocalSocketAddress());
      assertTrue(socket.isConnected());
      assertTrue(socket.isBound());
      assertThrows(SocketException.class, () -> socket.sendUrgentData(1));
      assertThrows(SocketException.class, () -> socket.setOOBInline(true));
      assertThrows(SocketException.class, socket::getOOBInline);
    }
  }

  @Test
  void unconnectedAndBoundFirst() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (SSLServerSocket listener = TlsPair.listen(servers)) {
      CompletableFuture<Void> server =
          Background.run(
              () -> {
                for (int i = 0; i < 4; i++) {
                  try (SSLSocket accepted = TlsPair.accept(listener)) {
                    accepted.getOutputStream().write(accepted.getInputStream().read());
                  }
                }
              });
      SSLSocketFactory factory = clients.getSocketFactory();
      SSLSocket unconnected = (SSLSocket) factory.createSocket();
      unconnected.setSoTimeout(TlsPair.SO_TIMEOUT);
      unconnected.bind(new InetSocketAddress(loopback, 0));
      unconnected.connect(
          new InetSocketAddress("localhost", listener.getLocalPort()), TlsPair.SO_TIMEOUT);
      echo(unconnected, "localhost");
      int port = listener.getLocalPort();
      echo((SSLSocket) factory.createSocket("localhost", port, loopback, 0), "localhost");
      InetAddress unnamed = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      echo((SSLSocket) factory.createSocket(unnamed, port), "127.0.0.1");
      echo((SSLSocket) factory.createSocket(unnamed, port, loopback, 0), "127.0.0.1");
      Background.await(server);
    }
  }

  private static void echo(SSLSocket socket, String peerHost) throws IOException {
    try (socket) {
      socket.getOutputStream().write(42);
      assertEquals(42, socket.getInputStream().read());
      assertEquals(peerHost, socket.getSession().getPeerHost());
      assertEquals(socket.getPort(), socket.getSession().getPeerPort());
      assertNotNull(socket.toString());
    }
  }
}
