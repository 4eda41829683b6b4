package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer that is refused while it is sending gets to read why. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SocketLingerTest {
  /** Less than a socket lingers. */
  private static final long LINGER_NANOS = 400_000_000L;

  private static final byte[] NOT_TLS =
      "HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static void skipHello(DataInputStream in) throws Exception {
    in.readFully(new byte[3]);
    in.readFully(new byte[in.readUnsignedShort()]);
  }

  private static byte[] alert(DataInputStream in) throws Exception {
    byte[] alert = new byte[7];
    in.readFully(alert);
    alert[2] = 0;
    return alert;
  }

  @Test
  void thePeerIsNotReset() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SSLSocket socket = TlsPair.dial(Contexts.client(Contexts.OURS), listener.getLocalPort());
        Socket peer = listener.accept()) {
      peer.setSoTimeout(TlsPair.SO_TIMEOUT);
      CompletableFuture<Void> handshake = Background.run(socket::startHandshake);
      DataInputStream in = new DataInputStream(peer.getInputStream());
      skipHello(in);
      long start = System.nanoTime();
      peer.getOutputStream().write(NOT_TLS);
      assertArrayEquals(new byte[] {21, 3, 0, 0, 2, 2, 10}, alert(in));
      try {
        peer.getOutputStream().write(new byte[30_000]);
        assertEquals(-1, in.read());
      } catch (SocketException e) {
        // The client waits for its peer no longer than that.
        boolean inTime = System.nanoTime() - start < LINGER_NANOS;
        assumeTrue(inTime, "this machine is too busy to answer in time");
        throw e;
      }
      peer.shutdownOutput();
      assertInstanceOf(SSLException.class, Background.failureOf(handshake));
      assertTrue(socket.isClosed());
    }
  }

  /** One that neither reads nor leaves is left after a while. */
  @Test
  void aPeerThatStaysIsLeft() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SSLSocket socket = TlsPair.dial(Contexts.client(Contexts.OURS), listener.getLocalPort());
        Socket peer = listener.accept()) {
      CompletableFuture<Void> handshake = Background.run(socket::startHandshake);
      peer.getOutputStream().write(NOT_TLS);
      SSLException failure = assertInstanceOf(SSLException.class, Background.failureOf(handshake));
      assertEquals("Unsupported or unrecognized SSL message", failure.getMessage());
      assertTrue(socket.isClosed());
    }
  }

  /** One that never stops sending is not listened to for ever. */
  @Test
  void aPeerThatGoesOnSendingIsLeft() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SSLSocket socket = TlsPair.dial(Contexts.client(Contexts.OURS), listener.getLocalPort());
        Socket peer = listener.accept()) {
      CompletableFuture<Void> handshake = Background.run(socket::startHandshake);
      CompletableFuture<Void> sender =
          Background.run(
              () -> {
                while (true) {
                  peer.getOutputStream().write(NOT_TLS);
                }
              });
      assertInstanceOf(SSLException.class, Background.failureOf(handshake));
      assertTrue(socket.isClosed());
      assertInstanceOf(SocketException.class, Background.failureOf(sender));
    }
  }
}
