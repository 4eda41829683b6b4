package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import io.github.mbedtls4j.nativeloader.handle.NativeHandle;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Native memory goes when a connection is closed, or at last when nobody has it any more. */
@Tag("ownJvm")
class EngineMemoryTest {
  private static final int GC_ROUNDS = 100;

  private static SSLContext client;
  private static SSLContext server;

  @BeforeAll
  static void contexts() throws Exception {
    client = Contexts.client(Contexts.OURS);
    server = Contexts.server(Contexts.OURS, TestPki.server(Kind.EC));
    // Fills the pools of keys.
    close(connect());
  }

  private static EnginePair connect() throws SSLException {
    EnginePair pair = fresh();
    pair.handshake();
    return pair;
  }

  private static EnginePair fresh() {
    EnginePair pair =
        Peers.pair(client.createSSLEngine("localhost", 443), server.createSSLEngine());
    pair.client.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
    return pair;
  }

  static void close(EnginePair pair) throws SSLException {
    pair.client.closeOutbound();
    exchange(pair.client, pair.toServer, pair.server);
    exchange(pair.server, pair.toClient, pair.client);
    assertTrue(pair.client.isInboundDone() && pair.client.isOutboundDone());
    assertTrue(pair.server.isInboundDone() && pair.server.isOutboundDone());
  }

  private static void exchange(SSLEngine from, ByteBuffer wire, SSLEngine to) throws SSLException {
    from.wrap(ByteBuffer.allocate(0), wire);
    wire.flip();
    to.unwrap(wire, ByteBuffer.allocate(20_000));
    wire.compact();
  }

  /** Waits for garbage of other tests to be gone. */
  static long settled() throws InterruptedException {
    long before = NativeHandle.liveCount();
    for (int same = 0; same < 3; ) {
      collect();
      long now = NativeHandle.liveCount();
      same = now == before ? same + 1 : 0;
      before = now;
    }
    return before;
  }

  /** Returns when the collector has found an object that was garbage at the call. */
  private static void collect() throws InterruptedException {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    Reference<Object> garbage = new PhantomReference<>(new Object(), queue);
    try {
      for (int i = 0; i < GC_ROUNDS; i++) {
        System.gc();
        if (queue.remove(50) != null) {
          break;
        }
      }
    } finally {
      Reference.reachabilityFence(garbage);
    }
  }

  @Test
  void closedConnectionsHoldNothing() throws Exception {
    long before = settled();
    for (int i = 0; i < 2000; i++) {
      EnginePair pair = connect();
      if (i % 20 == 0) {
        // The next handshake is a full one.
        pair.client.getSession().invalidate();
      }
      close(pair);
    }
    long after = NativeHandle.liveCount();
    // Another test's garbage may have gone meanwhile.
    assertTrue(after <= before, () -> before + " handles before, " + after + " after");
  }

  @Test
  void failedConnectionsHoldNothing() throws Exception {
    long before = settled();
    for (int i = 0; i < 50; i++) {
      EnginePair pair = fresh();
      pair.server.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"});
      assertNotNull(Peers.run(pair).server());
      EnginePair canceled = fresh();
      canceled.client.beginHandshake();
      EnginePair.step(canceled.client, canceled.toClient, canceled.toServer);
      canceled.client.closeOutbound();
      Peers.run(canceled);
    }
    assertTrue(NativeHandle.liveCount() <= before);
  }

  /** The server has prepared the session that the client asks for, and neither goes on. */
  @Test
  void resumptionsThatNobodyFinishesHoldNothing() throws Exception {
    for (boolean tickets : new boolean[] {true, false}) {
      Resumed.with(
          Resumed.TICKETS,
          tickets,
          () -> {
            Resumed contexts = Resumed.ours();
            close(contexts.connect());
            long before = settled();
            for (int i = 0; i < 50; i++) {
              EnginePair half = contexts.pair();
              byte[] hello = Wires.answer(half.client, new byte[0]);
              assertTrue(Wires.resumes(half.server, hello));
              abandon(half.client);
              abandon(half.server);
            }
            assertTrue(NativeHandle.liveCount() <= before);
          });
    }
  }

  private static void abandon(SSLEngine engine) throws SSLException {
    engine.closeOutbound();
    ByteBuffer out = ByteBuffer.allocate(1 << 16);
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && !engine.isOutboundDone()) {
      engine.wrap(ByteBuffer.allocate(0), out);
    }
    assertThrows(SSLException.class, engine::closeInbound);
  }

  @Test
  void enginesThatNobodyClosesAreCollected() throws Exception {
    long before = settled();
    List<SSLEngine> engines = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      EnginePair open = connect();
      engines.add(open.client);
      engines.add(open.server);
      EnginePair half = fresh();
      half.client.beginHandshake();
      EnginePair.step(half.client, half.toClient, half.toServer);
      engines.add(half.client);
    }
    assertTrue(NativeHandle.liveCount() >= before + engines.size());
    engines.clear();
    for (int i = 0; i < GC_ROUNDS && NativeHandle.liveCount() > before; i++) {
      collect();
    }
    long after = NativeHandle.liveCount();
    assertTrue(after <= before, () -> before + " handles before, " + after + " after");
  }

  @Test
  void engineThatNeverStartedHoldsNothing() throws Exception {
    long before = settled();
    for (int i = 0; i < 1000; i++) {
      client.createSSLEngine().setUseClientMode(true);
    }
    assertTrue(NativeHandle.liveCount() <= before);
  }

  @Test
  void closedWhileATaskRuns() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    RecordingKeys keys =
        new RecordingKeys(TestPki.server(Kind.EC)) {
          @Override
          public String chooseEngineServerAlias(
              String keyType, java.security.Principal[] issuers, SSLEngine engine) {
            asked.countDown();
            try {
              closed.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return super.chooseEngineServerAlias(keyType, issuers, engine);
          }
        };
    SSLContext slow = Contexts.of(Contexts.OURS, keys.array(), TestPki.trust());
    EnginePair pair = Peers.pair(client.createSSLEngine(), slow.createSSLEngine());
    pair.client.beginHandshake();
    pair.server.beginHandshake();
    EnginePair.step(pair.client, pair.toClient, pair.toServer);
    EnginePair.step(pair.server, pair.toServer, pair.toClient);
    Thread thread = new Thread(pair.server.getDelegatedTask());
    thread.start();
    asked.await();
    pair.server.closeOutbound();
    try {
      pair.server.closeInbound();
    } catch (SSLException e) {
      assertEquals("closing inbound before receiving peer's close_notify", e.getMessage());
    }
    while (pair.server.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      pair.server.wrap(ByteBuffer.allocate(0), pair.toClient);
    }
    assertTrue(pair.server.isOutboundDone());
    closed.countDown();
    thread.join();
    assertFalse(pair.server.getHandshakeStatus() == HandshakeStatus.NEED_TASK);
    assertEquals("NONE", pair.server.getSession().getProtocol());
  }

  @Test
  void gettersWorkAfterTheEnd() throws Exception {
    EnginePair pair = connect();
    close(pair);
    assertEquals("TLSv1.2", pair.client.getSession().getProtocol());
    assertEquals("", pair.client.getApplicationProtocol());
    assertEquals(HandshakeStatus.NOT_HANDSHAKING, pair.client.getHandshakeStatus());
    assertEquals(2, pair.client.getSession().getPeerCertificates().length);
    assertTrue(pair.client.getSession().isValid());
  }
}
