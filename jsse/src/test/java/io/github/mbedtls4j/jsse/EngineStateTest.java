package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The handshake status of an engine, and its delegated tasks. */
class EngineStateTest {
  @Test
  void modeHasToBeSet() throws Exception {
    SSLEngine engine = Contexts.client(Contexts.OURS).createSSLEngine();
    ByteBuffer buffer = ByteBuffer.allocate(20_000);
    assertEquals(HandshakeStatus.NOT_HANDSHAKING, engine.getHandshakeStatus());
    assertThrows(IllegalStateException.class, engine::beginHandshake);
    assertThrows(IllegalStateException.class, () -> engine.wrap(ByteBuffer.allocate(0), buffer));
    assertThrows(IllegalStateException.class, () -> engine.unwrap(buffer, buffer));
  }

  @Test
  void modeIsFixedOnceTheHandshakeStarted() throws Exception {
    SSLEngine engine = Contexts.client(Contexts.OURS).createSSLEngine();
    engine.setUseClientMode(false);
    engine.setUseClientMode(true);
    engine.beginHandshake();
    assertThrows(IllegalArgumentException.class, () -> engine.setUseClientMode(false));
    assertThrows(IllegalArgumentException.class, () -> engine.setUseClientMode(true));
  }

  @TestFactory
  Stream<DynamicTest> finishedOnceAtEitherEnd() {
    return Peers.each(
        (client, server) -> {
          EnginePair pair = Peers.pair(client, server, Kind.EC);
          assertEquals(HandshakeStatus.NOT_HANDSHAKING, pair.client.getHandshakeStatus());
          assertEquals(HandshakeStatus.NOT_HANDSHAKING, pair.server.getHandshakeStatus());
          int[] finished = new int[2];
          pair.client.beginHandshake();
          assertEquals(HandshakeStatus.NEED_WRAP, pair.client.getHandshakeStatus());
          for (int i = 0; i < 100; i++) {
            finished[0] += EnginePair.step(pair.client, pair.toClient, pair.toServer) ? 1 : 0;
            if (i == 0) {
              assertEquals(HandshakeStatus.NEED_UNWRAP, pair.client.getHandshakeStatus());
              pair.server.beginHandshake();
              assertEquals(HandshakeStatus.NEED_UNWRAP, pair.server.getHandshakeStatus());
            }
            finished[1] += EnginePair.step(pair.server, pair.toServer, pair.toClient) ? 1 : 0;
          }
          assertEquals(1, finished[0]);
          assertEquals(1, finished[1]);
          assertEquals(HandshakeStatus.NOT_HANDSHAKING, pair.client.getHandshakeStatus());
          assertEquals(HandshakeStatus.NOT_HANDSHAKING, pair.server.getHandshakeStatus());
          SSLEngineResult data = pair.client.wrap(ByteBuffer.allocate(1), pair.toServer);
          assertEquals(HandshakeStatus.NOT_HANDSHAKING, data.getHandshakeStatus());
        });
  }

  @Test
  void theFirstWrapStartsTheHandshake() throws Exception {
    EnginePair pair = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.EC);
    ByteBuffer data = ByteBuffer.allocate(10);
    SSLEngineResult hello = pair.client.wrap(data, pair.toServer);
    assertEquals(0, hello.bytesConsumed());
    assertEquals(HandshakeStatus.NEED_UNWRAP, hello.getHandshakeStatus());
    SSLEngineResult waiting = pair.client.wrap(data, pair.toServer);
    assertEquals(Status.OK, waiting.getStatus());
    assertEquals(0, waiting.bytesProduced());
  }

  @Test
  void nothingHappensWhileATaskIsPending() throws Exception {
    EnginePair pair = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.EC);
    EnginePair.step(start(pair.client), pair.toClient, pair.toServer);
    assertNull(pair.server.getDelegatedTask());
    EnginePair.step(start(pair.server), pair.toServer, pair.toClient);
    assertTaskPending(pair);
    Runnable task = pair.server.getDelegatedTask();
    assertNotNull(task);
    assertNull(pair.server.getDelegatedTask());
    assertTaskPending(pair);
    Thread thread = new Thread(task);
    thread.start();
    thread.join();
    assertEquals(HandshakeStatus.NEED_WRAP, pair.server.getHandshakeStatus());
    assertNull(pair.server.getDelegatedTask());
    // A second run does nothing.
    task.run();
    assertFalse(pair.server.isOutboundDone());
    pair.handshake();
  }

  private static void assertTaskPending(EnginePair pair) throws SSLException {
    assertEquals(HandshakeStatus.NEED_TASK, pair.server.getHandshakeStatus());
    SSLEngineResult wrap = pair.server.wrap(ByteBuffer.allocate(5), pair.toClient);
    ByteBuffer more = ByteBuffer.wrap(new byte[] {22, 3, 3, 0, 1, 0});
    SSLEngineResult unwrap = pair.server.unwrap(more, ByteBuffer.allocate(20_000));
    for (SSLEngineResult result : new SSLEngineResult[] {wrap, unwrap}) {
      assertEquals(Status.OK, result.getStatus());
      assertEquals(HandshakeStatus.NEED_TASK, result.getHandshakeStatus());
      assertEquals(0, result.bytesConsumed());
      assertEquals(0, result.bytesProduced());
    }
  }

  private static SSLEngine start(SSLEngine engine) throws SSLException {
    engine.beginHandshake();
    return engine;
  }

  @Test
  void buffersMayChangeBeforeATaskRuns() throws Exception {
    EnginePair pair = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.EC);
    pair.client.beginHandshake();
    pair.server.beginHandshake();
    for (int i = 0; i < 100 && !(pair.clientFinished && pair.serverFinished); i++) {
      pair.clientFinished |= EnginePair.step(pair.client, pair.toClient, pair.toServer);
      pair.serverFinished |= EnginePair.step(pair.server, pair.toServer, pair.toClient);
      spoil(pair.toServer);
      spoil(pair.toClient);
    }
    assertTrue(pair.clientFinished && pair.serverFinished);
  }

  /** Overwrites what is not on its way any more. */
  private static void spoil(ByteBuffer wire) {
    for (int i = wire.position(); i < wire.position() + 2000; i++) {
      wire.put(i, (byte) 0x55);
    }
  }

  @Test
  void inlineTasks() throws Exception {
    System.setProperty("mbedtls4j.jsse.inlineTasks", "true");
    EnginePair pair;
    try {
      pair = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.EC);
    } finally {
      System.clearProperty("mbedtls4j.jsse.inlineTasks");
    }
    pair.client.beginHandshake();
    pair.server.beginHandshake();
    for (int i = 0; i < 100 && !(pair.clientFinished && pair.serverFinished); i++) {
      assertFalse(pair.client.getHandshakeStatus() == HandshakeStatus.NEED_TASK);
      assertFalse(pair.server.getHandshakeStatus() == HandshakeStatus.NEED_TASK);
      pair.clientFinished |= EnginePair.step(pair.client, pair.toClient, pair.toServer);
      pair.serverFinished |= EnginePair.step(pair.server, pair.toServer, pair.toClient);
    }
    assertTrue(pair.clientFinished && pair.serverFinished);
  }

  @Test
  void renegotiationIsRefused() throws Exception {
    EnginePair pair = Peers.connected();
    SSLException e = assertThrows(SSLException.class, pair.client::beginHandshake);
    assertEquals("renegotiation is not supported", e.getMessage());
    byte[] data = Contexts.random(100);
    assertEquals(100, pair.send(pair.client, data).length);
  }

  @Test
  void aPeersRenegotiationIsRefused() throws Exception {
    EnginePair pair = Peers.pair(Contexts.SUN, Contexts.OURS, Kind.EC);
    pair.handshake();
    pair.client.beginHandshake();
    pair.client.wrap(ByteBuffer.allocate(0), pair.toServer);
    pair.toServer.flip();
    pair.server.unwrap(pair.toServer, ByteBuffer.allocate(20_000));
    assertEquals(HandshakeStatus.NEED_WRAP, pair.server.getHandshakeStatus());
    assertEquals(Status.OK, pair.server.wrap(ByteBuffer.allocate(0), pair.toClient).getStatus());
    pair.toClient.flip();
    SSLException e =
        assertThrows(
            SSLException.class,
            () -> pair.client.unwrap(pair.toClient, ByteBuffer.allocate(20_000)));
    assertTrue(e.getMessage().contains("no_renegotiation"), e.getMessage());
  }
}
