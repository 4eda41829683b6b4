package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import io.github.mbedtls4j.nativeloader.handle.NativeHandle;
import java.io.IOException;
import java.security.Provider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Data through sockets of ours and of SunJSSE. */
@Tag("ownJvm")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SocketEchoTest {
  private static final int[] SIZES = {0, 1, 16384, 16385, 10 << 20};
  private static final int CONCURRENT = 200;
  private static final int SEQUENTIAL = 1000;

  /** Connections that fill what the contexts keep for later: parsed keys and chains. */
  private static final int FIRST = 20;

  static Stream<Arguments> pairs() {
    List<Arguments> pairs = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      pairs.add(Arguments.of(Contexts.OURS, Contexts.OURS, kind));
      pairs.add(Arguments.of(Contexts.OURS, Contexts.SUN, kind));
      pairs.add(Arguments.of(Contexts.SUN, Contexts.OURS, kind));
    }
    return pairs.stream();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void echo(Provider client, Provider server, Kind kind) throws Exception {
    try (TlsPair pair =
        TlsPair.connect(Contexts.client(client), Contexts.server(server, TestPki.server(kind)))) {
      pair.handshake();
      for (int size : SIZES) {
        byte[] data = Contexts.random(size);
        CompletableFuture<Void> far =
            Background.run(
                () ->
                    pair.server
                        .getOutputStream()
                        .write(pair.server.getInputStream().readNBytes(size)));
        pair.client.getOutputStream().write(data);
        assertArrayEquals(data, pair.client.getInputStream().readNBytes(size), size + " bytes");
        Background.await(far);
      }
      assertEquals("TLSv1.2", pair.client.getSession().getProtocol());
      assertArrayEquals(TestPki.server(kind).chain, pair.client.getSession().getPeerCertificates());
    }
  }

  /** Both ends write much before either reads: nobody's write may wait for its own read. */
  @Test
  void bothWaysAtOnce() throws Exception {
    try (TlsPair pair = TlsPair.handshaken(Contexts.OURS, Contexts.OURS)) {
      byte[] data = Contexts.random(5 << 20);
      CompletableFuture<Void> up = Background.run(() -> pair.client.getOutputStream().write(data));
      CompletableFuture<Void> down =
          Background.run(() -> pair.server.getOutputStream().write(data));
      CompletableFuture<byte[]> upRead =
          Background.call(() -> pair.server.getInputStream().readNBytes(data.length));
      assertArrayEquals(data, pair.client.getInputStream().readNBytes(data.length));
      assertArrayEquals(data, Background.await(upRead));
      Background.await(up);
      Background.await(down);
    }
  }

  @Test
  void writesOfSeveralThreadsDoNotMix() throws Exception {
    int rounds = 500;
    try (TlsPair pair = TlsPair.handshaken(Contexts.OURS, Contexts.SUN)) {
      List<CompletableFuture<Void>> writers = new ArrayList<>();
      for (int thread = 1; thread <= 4; thread++) {
        byte[] block = new byte[100];
        Arrays.fill(block, (byte) thread);
        writers.add(
            Background.run(
                () -> {
                  for (int i = 0; i < rounds; i++) {
                    pair.client.getOutputStream().write(block);
                  }
                }));
      }
      for (int i = 0; i < 4 * rounds; i++) {
        byte[] block = pair.server.getInputStream().readNBytes(100);
        for (byte b : block) {
          assertEquals(block[0], b);
        }
      }
      for (CompletableFuture<Void> writer : writers) {
        Background.await(writer);
      }
    }
  }

  @Test
  void availableIsWhatWasDecrypted() throws Exception {
    try (TlsPair pair = TlsPair.handshaken(Contexts.OURS, Contexts.OURS)) {
      assertEquals(0, pair.server.getInputStream().available());
      pair.client.getOutputStream().write(new byte[100]);
      assertEquals(0, pair.server.getInputStream().read());
      assertEquals(99, pair.server.getInputStream().available());
      CompletableFuture<byte[]> reader =
          Background.call(() -> pair.server.getInputStream().readNBytes(100));
      // A reader that waits in another thread must not stop this.
      pair.server.getInputStream().available();
      pair.client.getOutputStream().write(1);
      assertEquals(100, Background.await(reader).length);
    }
  }

  private static void serve(SSLServerSocket listener, int count) throws Exception {
    List<CompletableFuture<Void>> served = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SSLSocket socket = TlsPair.accept(listener);
      served.add(Background.run(() -> echo(socket)));
    }
    for (CompletableFuture<Void> one : served) {
      Background.await(one);
    }
  }

  private static void echo(SSLSocket accepted) throws IOException {
    try (accepted) {
      accepted.getOutputStream().write(accepted.getInputStream().readNBytes(1000));
    }
  }

  private static void roundTrip(SSLContext context, int port) throws Exception {
    try (SSLSocket socket = TlsPair.dial(context, port)) {
      byte[] data = Contexts.random(1000);
      socket.getOutputStream().write(data);
      assertArrayEquals(data, socket.getInputStream().readAllBytes());
    }
  }

  @Test
  void manyConnectionsAtOnce() throws Exception {
    SSLContext clients = Contexts.client(Contexts.OURS);
    try (SSLServerSocket listener =
        TlsPair.listen(Contexts.server(Contexts.OURS, TestPki.server(Kind.EC)))) {
      int port = listener.getLocalPort();
      CompletableFuture<Void> server = Background.run(() -> serve(listener, CONCURRENT));
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < CONCURRENT; i++) {
        all.add(Background.run(() -> roundTrip(clients, port)));
      }
      for (CompletableFuture<Void> one : all) {
        Background.await(one);
      }
      Background.await(server);
    }
  }

  /** Nothing native outlives its connection. */
  @Test
  void manyConnectionsOneAfterTheOther() throws Exception {
    SSLContext clients = Contexts.client(Contexts.OURS, TestPki.client(Kind.EC));
    try (SSLServerSocket listener =
        TlsPair.listen(Contexts.server(Contexts.OURS, TestPki.server(Kind.EC)))) {
      listener.setNeedClientAuth(true);
      // One thread serves them all: pools keep copies of keys for each thread that needs one.
      CompletableFuture<Void> server =
          Background.run(
              () -> {
                for (int i = 0; i < FIRST + SEQUENTIAL; i++) {
                  echo(TlsPair.accept(listener));
                }
              });
      roundTrips(clients, listener.getLocalPort(), FIRST);
      long before = NativeHandle.liveCount();
      roundTrips(clients, listener.getLocalPort(), SEQUENTIAL);
      Background.await(server);
      // The two ends may want the same group or generator at the same time, for the first time.
      assertTrue(NativeHandle.liveCount() <= before + 8, before + ", " + NativeHandle.liveCount());
    }
  }

  private static void roundTrips(SSLContext clients, int port, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      roundTrip(clients, port);
    }
  }
}
