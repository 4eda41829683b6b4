package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SO_TIMEOUT interrupts and breaks nothing. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SocketTimeoutTest {
  private static final int SHORT = 50;

  @Test
  void inTheHandshake() throws Exception {
    try (TlsPair pair =
        TlsPair.connect(
            Contexts.client(Contexts.OURS),
            Contexts.server(Contexts.OURS, TestPki.server(Kind.EC)))) {
      pair.client.setSoTimeout(SHORT);
      pair.client.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThrows(SocketTimeoutException.class, pair.client::startHandshake);
      assertThrows(
          SocketTimeoutException.class, () -> pair.client.getInputStream().read(new byte[1]));
      assertFalse(pair.client.isClosed());
      pair.client.setSoTimeout(TlsPair.SO_TIMEOUT);
      pair.handshake();
      pair.server.getOutputStream().write(5);
      assertEquals(5, pair.client.getInputStream().read());
    }
  }

  @Test
  void inGetSession() throws Exception {
    try (TlsPair pair =
        TlsPair.connect(
            Contexts.client(Contexts.OURS),
            Contexts.server(Contexts.OURS, TestPki.server(Kind.EC)))) {
      pair.client.setSoTimeout(SHORT);
      assertFalse(pair.client.getSession().isValid());
      assertFalse(pair.client.isClosed());
      pair.client.setSoTimeout(TlsPair.SO_TIMEOUT);
      pair.handshake();
      assertTrue(pair.client.getSession().isValid());
    }
  }

  @Test
  void inARead() throws Exception {
    try (TlsPair pair = TlsPair.handshaken(Contexts.OURS, Contexts.OURS)) {
      pair.client.setSoTimeout(SHORT);
      InputStream in = pair.client.getInputStream();
      assertThrows(SocketTimeoutException.class, in::read);
      pair.client.getOutputStream().write(1);
      assertEquals(1, pair.server.getInputStream().read());
      assertThrows(SocketTimeoutException.class, in::read);
      pair.client.setSoTimeout(TlsPair.SO_TIMEOUT);
      pair.server.getOutputStream().write(2);
      assertEquals(2, in.read());
    }
  }

  /** The header and the body of a record arrive in pieces, with a timeout after each. */
  @Test
  void insideARecord() throws Exception {
    byte[] data = Contexts.random(1000);
    try (RawLink link = new RawLink()) {
      link.handshake();
      link.hold();
      link.server.getOutputStream().write(data);
      byte[] record = link.heldRecord();
      InputStream in = link.client.getInputStream();
      link.client.setSoTimeout(SHORT);
      int at = 0;
      for (int part : new int[] {1, 3, 1, 200, record.length - 206}) {
        link.toClient(record, at, part);
        at += part;
        assertThrows(SocketTimeoutException.class, in::read);
      }
      link.client.setSoTimeout(TlsPair.SO_TIMEOUT);
      link.toClient(record, at, record.length - at);
      assertArrayEquals(data, in.readNBytes(data.length));
    }
  }

  @Test
  void inConnect() throws Exception {
    // A listener whose queue is full answers no SYN.
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket[] filling = new Socket[64];
      boolean timedOut = false;
      for (int i = 0; i < filling.length && !timedOut; i++) {
        filling[i] = Contexts.client(Contexts.OURS).getSocketFactory().createSocket();
        try {
          filling[i].connect(
              new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), SHORT);
        } catch (SocketTimeoutException e) {
          timedOut = true;
        }
      }
      for (Socket socket : filling) {
        if (socket != null) {
          socket.close();
        }
      }
      assertTrue(timedOut);
    }
  }

  @Test
  void theTransportsTimeoutCountsInLayers() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket plain = new Socket(listener.getInetAddress(), listener.getLocalPort());
        SSLSocket socket =
            (SSLSocket)
                Contexts.client(Contexts.OURS)
                    .getSocketFactory()
                    .createSocket(plain, "localhost", listener.getLocalPort(), true)) {
      plain.setSoTimeout(SHORT);
      assertEquals(SHORT, socket.getSoTimeout());
      CompletableFuture<Void> handshake = Background.run(socket::startHandshake);
      assertTrue(Background.failureOf(handshake) instanceof SocketTimeoutException);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
