package io.github.mbedtls4j.jsse;

import static io.github.mbedtls4j.jsse.Resumed.each;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Resumption over TCP, and by many threads at once. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SocketResumptionTest {
  private static final int THREADS = 16;
  private static final int CONNECTIONS = 20;

  private static String id(SSLSession session) {
    return HexFormat.of().formatHex(session.getId());
  }

  @TestFactory
  Stream<DynamicTest> theSecondConnectionGoesOn() {
    return each(
        (client, server, tickets) -> {
          SSLContext near = Contexts.client(client);
          try (SSLServerSocket listener =
              TlsPair.listen(Contexts.server(server, TestPki.server(Kind.EC)))) {
            BlockingQueue<SSLSession> events = new LinkedBlockingQueue<>();
            SSLSession first = talk(near, listener, events);
            SSLSession second = talk(near, listener, events);
            assertEquals(id(first), id(second));
            assertSame(first, second);
            assertEquals(first.getCreationTime(), second.getCreationTime());
            assertArrayEquals(TestPki.server(Kind.EC).chain, second.getPeerCertificates());
            second.invalidate();
            assertNotEquals(id(first), id(talk(near, listener, events)));
          }
        });
  }

  /** One connection with data in both directions; the client's session. */
  private static SSLSession talk(
      SSLContext near, SSLServerSocket listener, BlockingQueue<SSLSession> events)
      throws Exception {
    try (TlsPair pair = TlsPair.between(near, listener)) {
      pair.client.addHandshakeCompletedListener(event -> events.add(event.getSession()));
      pair.handshake();
      pair.client.getOutputStream().write(1);
      assertEquals(1, pair.server.getInputStream().read());
      pair.server.getOutputStream().write(2);
      assertEquals(2, pair.client.getInputStream().read());
      SSLSession session = pair.client.getSession();
      SSLSession event = events.poll(TlsPair.SO_TIMEOUT, TimeUnit.MILLISECONDS);
      assertEquals(id(session), id(event));
      assertArrayEquals(session.getPeerCertificates(), event.getPeerCertificates());
      pair.client.close();
      assertEquals(-1, pair.server.getInputStream().read());
      return session;
    }
  }

  /** A transport that remembers each write. */
  private static final class Transport extends Socket {
    final List<byte[]> writes = Collections.synchronizedList(new ArrayList<>());

    Transport(int port) throws IOException {
      super(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          if (length > 0) {
            writes.add(Arrays.copyOfRange(bytes, offset, offset + length));
          }
          out.write(bytes, offset, length);
        }
      };
    }
  }

  /** The types of the records in one write. */
  private static List<Integer> types(byte[] write) {
    List<Integer> types = new ArrayList<>();
    for (ByteBuffer in = ByteBuffer.wrap(write); in.hasRemaining(); ) {
      types.add((int) in.get());
      in.getShort();
      in.position(in.getShort() + in.position());
    }
    return types;
  }

  /** After a resumption the client has the last word, and TCP would hold back what comes next. */
  @Test
  void dataGoesOutWithTheLastFlight() throws Exception {
    SSLContext near = Contexts.client(Contexts.OURS);
    try (SSLServerSocket listener =
        TlsPair.listen(Contexts.server(Contexts.OURS, TestPki.server(Kind.EC)))) {
      for (int i = 0; i < 2; i++) {
        try (Transport transport = new Transport(listener.getLocalPort());
            SSLSocket client =
                (SSLSocket) near.getSocketFactory().createSocket(transport, "localhost", 1, true);
            SSLSocket server = TlsPair.accept(listener)) {
          CompletableFuture<Integer> read = Background.call(() -> server.getInputStream().read());
          client.getOutputStream().write(7);
          assertEquals(7, Background.await(read));
          if (i == 1) {
            assertEquals(2, transport.writes.size());
            assertEquals(List.of(22), types(transport.writes.get(0)));
            assertEquals(List.of(20, 22, 23), types(transport.writes.get(1)));
          }
        }
      }
    }
  }

  /** While some invalidate what the others resume. */
  @Test
  void manyThreads() throws Exception {
    Resumed contexts = Resumed.ours();
    EnginePair first = contexts.connect();
    List<CompletableFuture<Integer>> running = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      boolean spoils = t % 8 == 7;
      running.add(
          Background.call(
              () -> {
                int resumed = 0;
                for (int i = 0; i < CONNECTIONS; i++) {
                  EnginePair pair = contexts.connect();
                  byte[] data = Contexts.random(1000 + i);
                  assertArrayEquals(data, pair.send(pair.client, data));
                  assertArrayEquals(data, pair.send(pair.server, data));
                  assertEquals(2, pair.client.getSession().getPeerCertificates().length);
                  resumed +=
                      pair.client.getSession().getCreationTime()
                              == first.client.getSession().getCreationTime()
                          ? 1
                          : 0;
                  if (spoils && i % 5 == 4) {
                    (i % 2 == 0 ? pair.client : pair.server).getSession().invalidate();
                  }
                }
                return resumed;
              }));
    }
    int resumed = 0;
    for (CompletableFuture<Integer> future : running) {
      resumed += Background.await(future);
    }
    assertTrue(resumed > 0);
    assertEquals(1, Resumed.count(contexts.client.getClientSessionContext()));
    EnginePair last = contexts.connect();
    assertTrue(contexts.resumes(last));
  }

  @Test
  void aSocketsSessionCreationForbidden() throws Exception {
    SSLContext near = Contexts.client(Contexts.OURS);
    try (SSLServerSocket listener =
        TlsPair.listen(Contexts.server(Contexts.OURS, TestPki.server(Kind.EC)))) {
      try (TlsPair pair = TlsPair.between(near, listener)) {
        pair.handshake();
      }
      try (TlsPair pair = TlsPair.between(near, listener)) {
        pair.client.setEnableSessionCreation(false);
        pair.handshake();
        assertTrue(pair.client.getSession().isValid());
        pair.client.getSession().invalidate();
      }
      try (SSLSocket refused = TlsPair.dial(near, listener.getLocalPort())) {
        refused.setEnableSessionCreation(false);
        assertFalse(refused.getSession().isValid());
      }
    }
  }
}
