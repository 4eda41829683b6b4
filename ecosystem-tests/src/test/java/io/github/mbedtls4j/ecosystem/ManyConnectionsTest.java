package io.github.mbedtls4j.ecosystem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.Background;
import io.github.mbedtls4j.jsse.Contexts;
import io.github.mbedtls4j.jsse.TestPki;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import io.github.mbedtls4j.nativeloader.handle.NativeHandle;
import io.github.mbedtls4j.nativeloader.handle.SslConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A thousand TLS sockets at once, clients and servers, and their memory afterwards. */
@Tag("ownJvm")
@ExtendWith(NothingLeft.class)
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManyConnectionsTest {
  private static final int PAIRS = 500;

  /** Keys, groups and generators that the threads put back into pools. */
  private static final int POOLED = 100;

  private final SSLContext clients = client();
  private final SSLContext servers = server();

  private static SSLContext client() {
    try {
      return Contexts.client(Contexts.OURS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext server() {
    try {
      return Contexts.server(Contexts.OURS, TestPki.server(Kind.EC));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void sockets() throws Exception {
    int connections = SslConnection.openConnections();
    List<SSLSocket> all = new ArrayList<>();
    long handles;
    try (SSLServerSocket listener =
        (SSLServerSocket)
            servers
                .getServerSocketFactory()
                .createServerSocket(0, PAIRS, InetAddress.getLoopbackAddress())) {
      // The first pair fills the pools.
      all.addAll(open(listener, 0));
      handles = NativeHandle.liveCount();
      for (int i = 1; i < PAIRS; i++) {
        all.addAll(open(listener, i));
      }
    }
    assertEquals(connections + 2 * PAIRS, SslConnection.openConnections());
    for (int i = 0; i < all.size(); i += 2) {
      all.get(i + 1).getOutputStream().write(i);
      assertEquals(i & 0xFF, all.get(i).getInputStream().read());
    }
    for (SSLSocket socket : all) {
      socket.close();
    }
    assertEquals(connections, SslConnection.openConnections());
    assertTrue(NativeHandle.liveCount() < handles + POOLED, "handles: " + NativeHandle.liveCount());
  }

  @Test
  void engines() throws Exception {
    int connections = SslConnection.openConnections();
    try (NettyServer server = new NettyServer(Contexts.OURS);
        NettyClient client = new NettyClient(Contexts.OURS, server.port())) {
      client.open(PAIRS);
      for (int i = 0; i < PAIRS; i++) {
        assertArrayEquals(new byte[i], client.post(new byte[i]));
      }
      assertEquals(connections + 2 * PAIRS, SslConnection.openConnections());
      assertEquals(List.of(), server.failures());
    }
  }

  /** A client and its server's end, after they exchanged a byte. */
  private List<SSLSocket> open(SSLServerSocket listener, int number) throws Exception {
    SSLSocket near =
        (SSLSocket)
            clients
                .getSocketFactory()
                .createSocket(listener.getInetAddress(), listener.getLocalPort());
    SSLSocket far = (SSLSocket) listener.accept();
    near.setSoTimeout(30_000);
    far.setSoTimeout(30_000);
    CompletableFuture<Integer> received = Background.call(() -> read(far));
    near.getOutputStream().write(number);
    assertEquals(number & 0xFF, Background.await(received));
    return List.of(near, far);
  }

  private static int read(SSLSocket socket) throws IOException {
    return socket.getInputStream().read();
  }
}
