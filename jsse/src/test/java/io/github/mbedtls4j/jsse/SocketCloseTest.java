package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way for a connection to end. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SocketCloseTest {
  static Stream<Arguments> pairs() {
    return Stream.of(
        Arguments.of(Contexts.OURS, Contexts.OURS),
        Arguments.of(Contexts.OURS, Contexts.SUN),
        Arguments.of(Contexts.SUN, Contexts.OURS));
  }

  /** What SunJSSE does, ours does: the same assertions hold for both. */
  static Stream<Provider> providers() {
    return Stream.of(Contexts.OURS, Contexts.SUN);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void closeIsTheEndOfTheOthersData(Provider client, Provider server) throws Exception {
    try (TlsPair pair = TlsPair.handshaken(client, server)) {
      pair.client.getOutputStream().write(new byte[20_000]);
      pair.client.close();
      assertEquals(20_000, pair.server.getInputStream().readAllBytes().length);
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void afterOnesOwnClose(Provider provider) throws Exception {
    try (TlsPair pair = TlsPair.handshaken(provider, Contexts.SUN)) {
      SSLSocket socket = pair.client;
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      socket.close();
      socket.close();
      assertTrue(socket.isClosed());
      assertTrue(socket.isOutputShutdown());
      assertEquals(-1, in.read());
      assertEquals(0, in.available());
      assertThrows(SocketException.class, () -> out.write(1));
      assertThrows(SocketException.class, socket::startHandshake);
      assertThrows(SocketException.class, socket::getInputStream);
      assertThrows(SocketException.class, socket::getOutputStream);
      assertThrows(SocketException.class, socket::shutdownInput);
      socket.shutdownOutput();
      assertTrue(socket.getSession().getCipherSuite().startsWith("TLS_ECDHE_ECDSA_"));
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void closingAStreamClosesTheSocket(Provider provider) throws Exception {
    try (TlsPair pair = TlsPair.handshaken(provider, Contexts.SUN)) {
      pair.client.getOutputStream().close();
      assertTrue(pair.client.isClosed());
      assertEquals(-1, pair.server.getInputStream().read());
    }
    try (TlsPair pair = TlsPair.handshaken(provider, Contexts.SUN)) {
      pair.client.getInputStream().close();
      assertTrue(pair.client.isClosed());
      assertEquals(-1, pair.server.getInputStream().read());
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void beforeConnect(Provider provider) throws Exception {
    SSLSocket socket = (SSLSocket) Contexts.client(provider).getSocketFactory().createSocket();
    assertFalse(socket.isConnected());
    assertThrows(SocketException.class, socket::getInputStream);
    assertThrows(SocketException.class, socket::getOutputStream);
    assertThrows(SocketException.class, socket::startHandshake);
    assertThrows(SocketException.class, socket::shutdownOutput);
    assertFalse(socket.getSession().isValid());
    socket.close();
    socket.close();
    assertTrue(socket.isClosed());
    assertThrows(
        SocketException.class,
        () -> socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void closeBeforeTheHandshakeSendsNothing(Provider provider) throws Exception {
    try (TlsPair pair =
        TlsPair.connect(
            Contexts.client(provider), Contexts.server(Contexts.SUN, TestPki.server(Kind.EC)))) {
      pair.client.getInputStream();
      pair.client.close();
      assertThrows(SSLHandshakeException.class, pair.server::startHandshake);
    }
  }

  /** In TLS 1.2 both ends stop sending once one did; what was sent before still arrives. */
  @ParameterizedTest
  @MethodSource("pairs")
  void halfClose(Provider client, Provider server) throws Exception {
    byte[] data = Contexts.random(100_000);
    try (TlsPair pair = TlsPair.handshaken(client, server)) {
      CompletableFuture<Void> far = Background.run(() -> pair.server.getOutputStream().write(data));
      byte[] begin = pair.client.getInputStream().readNBytes(1);
      pair.client.shutdownOutput();
      assertTrue(pair.client.isOutputShutdown());
      assertFalse(pair.client.isClosed());
      assertThrows(SocketException.class, pair.client::getOutputStream);
      Background.await(far);
      assertEquals(-1, pair.server.getInputStream().read());
      assertEquals(data[0], begin[0]);
      assertArrayEquals(
          Arrays.copyOfRange(data, 1, data.length), pair.client.getInputStream().readAllBytes());
      pair.client.shutdownInput();
      assertThrows(SocketException.class, () -> pair.server.getOutputStream().write(1));
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void shutdownInputBeforeTheOthersGoodbye(Provider provider) throws Exception {
    try (TlsPair pair = TlsPair.handshaken(provider, Contexts.SUN)) {
      InputStream in = pair.client.getInputStream();
      SSLException e = assertThrows(SSLException.class, pair.client::shutdownInput);
      assertEquals("closing inbound before receiving peer's close_notify", e.getMessage());
      assertEquals(-1, in.read());
      assertFalse(pair.client.isClosed());
      pair.client.getOutputStream().write(7);
      assertEquals(7, pair.server.getInputStream().read());
    }
  }

  /** A deliberate difference: SunJSSE takes it for the end unless a property says otherwise. */
  @Test
  void theEndOfTcpIsNotTheEndOfData() throws Exception {
    try (RawLink link = new RawLink()) {
      link.handshake();
      link.server.getOutputStream().write(9);
      InputStream in = link.client.getInputStream();
      assertEquals(9, in.read());
      link.clientWire.shutdownOutput();
      SSLException first = assertThrows(SSLException.class, in::read);
      assertTrue(first.getMessage().contains("without close_notify"), first.getMessage());
      // Whoever asks again must not mistake the failure for an end either.
      SSLException second = assertThrows(SSLException.class, in::read);
      assertEquals(first, second.getCause());
      assertTrue(link.client.isClosed());
      assertFalse(link.client.getSession().isValid());
    }
  }

  @Test
  void theEndOfTcpInsideARecord() throws Exception {
    try (RawLink link = new RawLink()) {
      link.handshake();
      link.hold();
      link.server.getOutputStream().write(new byte[100]);
      byte[] record = link.heldRecord();
      link.toClient(record, 0, record.length - 1);
      link.clientWire.shutdownOutput();
      assertThrows(SSLException.class, () -> link.client.getInputStream().read());
    }
  }

  @Test
  void aChangedRecordEndsTheConnection() throws Exception {
    try (RawLink link = new RawLink()) {
      link.handshake();
      link.hold();
      link.server.getOutputStream().write(new byte[100]);
      byte[] record = link.heldRecord();
      record[record.length - 1] ^= 1;
      link.toClient(record);
      InputStream in = link.client.getInputStream();
      OutputStream out = link.client.getOutputStream();
      assertThrows(SSLException.class, in::read);
      assertThrows(SSLException.class, in::read);
      assertThrows(SocketException.class, () -> out.write(1));
      SSLException told =
          assertThrows(SSLException.class, () -> link.server.getInputStream().read());
      assertTrue(told.getMessage().contains("bad_record_mac"), told.getMessage());
    }
  }

  @Test
  void garbageAfterTheHandshakeEndsTheConnection() throws Exception {
    try (RawLink link = new RawLink()) {
      link.handshake();
      link.toClient("HTTP/1.1 200 OK".getBytes(StandardCharsets.US_ASCII));
      InputStream in = link.client.getInputStream();
      assertThrows(SSLException.class, in::read);
      assertThrows(SSLException.class, in::read);
      SSLException told =
          assertThrows(SSLException.class, () -> link.server.getInputStream().read());
      assertTrue(told.getMessage().contains("unexpected_message"), told.getMessage());
    }
  }

  /** Until the kernel has it blocked: there is no other sign of it. */
  private static void awaitBlocked(Thread thread, String method) {
    while (Arrays.stream(thread.getStackTrace())
        .noneMatch(frame -> frame.getMethodName().equals(method))) {
      Thread.onSpinWait();
    }
  }

  private static Thread threadOf(CompletableFuture<Thread> started) throws Exception {
    return Background.await(started);
  }

  /** A read that waits already: one that comes after a close just sees the end. */
  private static CompletableFuture<Void> blockedRead(SSLSocket socket) throws Exception {
    CompletableFuture<Thread> started = new CompletableFuture<>();
    CompletableFuture<Void> reader =
        Background.run(
            () -> {
              InputStream in = socket.getInputStream();
              started.complete(Thread.currentThread());
              in.read();
            });
    awaitBlocked(threadOf(started), "park");
    return reader;
  }

  @ParameterizedTest
  @MethodSource("providers")
  void closeWakesABlockedRead(Provider provider) throws Exception {
    try (TlsPair pair = TlsPair.handshaken(provider, Contexts.SUN)) {
      CompletableFuture<Void> reader = blockedRead(pair.client);
      pair.client.close();
      assertInstanceOf(SocketException.class, Background.failureOf(reader));
      assertEquals(-1, pair.server.getInputStream().read());
    }
  }

  @Test
  void closeWakesABlockedWrite() throws Exception {
    try (TlsPair pair = TlsPair.handshaken(Contexts.OURS, Contexts.SUN)) {
      CompletableFuture<Void> reader = blockedRead(pair.client);
      CompletableFuture<Thread> started = new CompletableFuture<>();
      CompletableFuture<Void> writer =
          Background.run(
              () -> {
                OutputStream out = pair.client.getOutputStream();
                started.complete(Thread.currentThread());
                while (true) {
                  out.write(new byte[1 << 20]);
                }
              });
      awaitBlocked(threadOf(started), "park");
      pair.client.close();
      assertInstanceOf(SocketException.class, Background.failureOf(writer));
      assertInstanceOf(SocketException.class, Background.failureOf(reader));
    }
  }

  @Test
  void closeWakesABlockedHandshake() throws Exception {
    try (TlsPair pair =
        TlsPair.connect(
            Contexts.client(Contexts.OURS),
            Contexts.server(Contexts.OURS, TestPki.server(Kind.EC)))) {
      CompletableFuture<Thread> started = new CompletableFuture<>();
      CompletableFuture<Void> handshake =
          Background.run(
              () -> {
                started.complete(Thread.currentThread());
                pair.client.startHandshake();
              });
      awaitBlocked(threadOf(started), "park");
      // Others wait for the handshake.
      CompletableFuture<Integer> reader =
          Background.call(() -> pair.client.getInputStream().read());
      pair.client.close();
      assertInstanceOf(SocketException.class, Background.failureOf(handshake));
      Exception readerFailure = Background.failureOf(reader);
      assertTrue(
          readerFailure instanceof SocketException
              || (readerFailure == null && Background.await(reader) == -1),
          () -> "" + readerFailure);
    }
  }

  @Test
  void closeWhileATrustManagerThinks() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    TrustManager slow =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String authType) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String authType) {
            asked.countDown();
            try {
              answer.await(TlsPair.SO_TIMEOUT, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    try (TlsPair pair =
        TlsPair.connect(
            Contexts.of(Contexts.OURS, null, new TrustManager[] {slow}),
            Contexts.server(Contexts.OURS, TestPki.server(Kind.EC)))) {
      CompletableFuture<Void> server = Background.run(pair.server::startHandshake);
      CompletableFuture<Void> handshake = Background.run(pair.client::startHandshake);
      assertTrue(asked.await(TlsPair.SO_TIMEOUT, TimeUnit.MILLISECONDS));
      pair.client.close();
      answer.countDown();
      assertInstanceOf(SocketException.class, Background.failureOf(handshake));
      assertInstanceOf(SSLException.class, Background.failureOf(server));
    }
  }

  @Test
  void closesFromManyThreadsAtOnce() throws Exception {
    for (int round = 0; round < 20; round++) {
      try (TlsPair pair = TlsPair.handshaken(Contexts.OURS, Contexts.OURS)) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          all.add(Background.run(pair.client::close));
          all.add(Background.run(pair.server::close));
          all.add(ignoringFailure(() -> pair.client.getOutputStream().write(new byte[30_000])));
          all.add(ignoringFailure(() -> pair.server.getInputStream().readAllBytes()));
        }
        for (CompletableFuture<Void> one : all) {
          Background.await(one);
        }
      }
    }
  }

  /** Only I/O may fail: anything else is a bug. */
  private static CompletableFuture<Void> ignoringFailure(Background.Action action) {
    return Background.run(
        () -> {
          try {
            action.run();
          } catch (IOException e) {
            // It came too late.
          }
        });
  }

  @ParameterizedTest
  @MethodSource("providers")
  void aDeadPeerDoesNotMakeCloseFail(Provider provider) throws Exception {
    try (TlsPair pair = TlsPair.handshaken(provider, Contexts.OURS)) {
      // A reset, not an end.
      pair.server.setSoLinger(true, 0);
      pair.client.getOutputStream().write(1);
      pair.server.close();
      // Whether this sees the reset or an end is the kernel's business.
      Background.failureOf(Background.run(() -> pair.client.getInputStream().readAllBytes()));
      pair.client.close();
    }
  }

  @Test
  void aFailedHandshakeClosesTheSocket() throws Exception {
    try (TlsPair pair =
        TlsPair.connect(
            Contexts.of(Contexts.OURS, null, new TrustManager[0]),
            Contexts.server(Contexts.SUN, TestPki.server(Kind.EC)))) {
      CompletableFuture<Void> server = Background.run(pair.server::startHandshake);
      assertThrows(SSLHandshakeException.class, pair.client::startHandshake);
      assertTrue(pair.client.isClosed());
      assertThrows(SocketException.class, pair.client::startHandshake);
      // SunJSSE may still be writing when the refusal comes, and then sees a broken pipe.
      assertInstanceOf(IOException.class, Background.failureOf(server));
    }
  }

  @Test
  void aPeerThatLeavesDuringTheHandshake() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SSLSocket socket = TlsPair.dial(Contexts.client(Contexts.OURS), listener.getLocalPort());
      CompletableFuture<Void> handshake = Background.run(socket::startHandshake);
      try (Socket accepted = listener.accept()) {
        accepted.getInputStream().readNBytes(50);
        accepted.shutdownOutput();
        Exception failure = Background.failureOf(handshake);
        assertInstanceOf(SSLHandshakeException.class, failure);
        assertEquals("Remote host terminated the handshake", failure.getMessage());
        assertInstanceOf(EOFException.class, failure.getCause());
      }
    }
  }
}
