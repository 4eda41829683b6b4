package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** Several threads on one engine: results may be wrong, the JVM stays alive. */
class EngineThreadsTest {
  private static void shake(SSLEngine engine, byte[] flight, int seed) {
    Random random = new Random(seed);
    ByteBuffer out = ByteBuffer.allocate(20_000);
    ByteBuffer in = ByteBuffer.wrap(flight);
    for (int i = 0; i < 200; i++) {
      try {
        switch (random.nextInt(12)) {
          case 0, 1, 2, 3 -> engine.wrap(ByteBuffer.allocate(random.nextInt(3000)), out.clear());
          case 4, 5, 6, 7 -> {
            if (!in.hasRemaining()) {
              in.rewind();
            }
            engine.unwrap(in, ByteBuffer.allocate(20_000));
          }
          case 8, 9 -> Peers.runTasks(engine);
          case 10 -> engine.getSession().getPeerCertificates();
          default -> {
            if (random.nextInt(10) == 0) {
              engine.closeOutbound();
              engine.closeInbound();
            }
          }
        }
      } catch (SSLException e) {
        // What else should it say.
      }
    }
  }

  @Test
  void anythingAtOnce() throws Exception {
    EnginePair sample = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.EC);
    sample.client.wrap(ByteBuffer.allocate(0), sample.toServer);
    byte[] hello = new byte[sample.toServer.flip().remaining()];
    sample.toServer.get(hello);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (int i = 0; i < 60; i++) {
        EnginePair pair = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.EC);
        byte[] flight = hello;
        if (i % 2 == 0) {
          pair.handshake();
          pair.client.wrap(ByteBuffer.allocate(100), pair.toServer);
          flight = new byte[pair.toServer.flip().remaining()];
          pair.toServer.get(flight);
        }
        List<Future<?>> running = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
          int seed = i * 3 + t;
          byte[] bytes = flight;
          running.add(threads.submit(() -> shake(pair.server, bytes, seed)));
        }
        for (Future<?> future : running) {
          future.get(60, TimeUnit.SECONDS);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void handshakesOfOneContextSideBySide() throws Exception {
    SSLContext client = Contexts.client(Contexts.OURS, TestPki.client(Kind.EC));
    SSLContext server = Contexts.server(Contexts.OURS, TestPki.server(Kind.EC));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> running = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 25; i++) {
                    EnginePair pair =
                        Peers.pair(client.createSSLEngine(), server.createSSLEngine());
                    pair.server.setNeedClientAuth(true);
                    pair.handshake();
                    pair.send(pair.client, Contexts.random(20_000));
                  }
                  return true;
                }));
      }
      for (Future<Boolean> future : running) {
        assertTrue(future.get(120, TimeUnit.SECONDS));
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
