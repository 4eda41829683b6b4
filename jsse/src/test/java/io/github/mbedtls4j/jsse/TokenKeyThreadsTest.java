package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Identity;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import io.github.mbedtls4j.nativeloader.handle.NativeHandle;
import java.security.Security;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Private keys without an encoding that block, interfere, or are used by many at once. */
@Tag("ownJvm")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TokenKeyThreadsTest {
  @BeforeAll
  static void plugIn() {
    Security.addProvider(TestToken.PROVIDER);
  }

  @AfterAll
  static void pullOut() {
    Security.removeProvider(TestToken.PROVIDER.getName());
  }

  /** While a token thinks about one connection, others with the same key go on. */
  @Test
  void aKeyThatBlocks() throws Exception {
    for (Kind kind : Kind.values()) {
      CountDownLatch asked = new CountDownLatch(1);
      CountDownLatch answer = new CountDownLatch(1);
      AtomicReference<Thread> slow = new AtomicReference<>();
      Identity hidden =
          TokenKeyTroubleTest.failing(
              kind,
              () -> {
                if (Thread.currentThread().equals(slow.get())) {
                  asked.countDown();
                  try {
                    answer.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                }
              });
      SSLContext server = TokenKeyTroubleTest.context(hidden);
      SSLContext client = Contexts.client(Contexts.OURS);
      EnginePair first =
          Peers.pair(client.createSSLEngine("localhost", 443), server.createSSLEngine());
      CompletableFuture<Void> blocked =
          Background.run(
              () -> {
                slow.set(Thread.currentThread());
                first.handshake();
              });
      asked.await();
      EnginePair second =
          Peers.pair(client.createSSLEngine("localhost", 443), server.createSSLEngine());
      second.handshake();
      assertFalse(blocked.isDone());
      byte[] data = Contexts.random(100);
      assertArrayEquals(data, second.send(second.server, data));
      answer.countDown();
      Background.await(blocked);
      assertArrayEquals(data, first.send(first.server, data));
    }
  }

  /** A key that closes the engine that waits for it must not pull the ground from under C. */
  @Test
  void aKeyThatClosesItsOwnEngine() throws Exception {
    for (Kind kind : Kind.values()) {
      SignatureException given = new SignatureException("closed");
      AtomicReference<EnginePair> pair = new AtomicReference<>();
      Identity hidden =
          TokenKeyTroubleTest.failing(
              kind,
              () -> {
                SSLEngine engine = pair.get().server;
                assertThrows(SSLException.class, engine::closeInbound);
                assertThrows(IllegalStateException.class, engine::closeOutbound);
                throw given;
              });
      pair.set(TokenKeyTroubleTest.served(hidden));
      Peers.Outcome outcome = Peers.run(pair.get());
      assertSame(given, outcome.server().getCause());
      assertTrue(pair.get().server.isInboundDone());
      assertTrue(pair.get().server.isOutboundDone());
    }
  }

  @Test
  void oneKeyForManyThreads() throws Exception {
    for (Kind kind : Kind.values()) {
      Identity hidden = TestToken.hide(TestPki.server(kind));
      SSLContext server = TokenKeyTroubleTest.context(hidden);
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int thread = 0; thread < 16; thread++) {
        all.add(
            Background.run(
                () -> {
                  for (int i = 0; i < 5; i++) {
                    // A context of its own has no session to resume.
                    SSLContext client = Contexts.client(Contexts.OURS);
                    EnginePair pair =
                        Peers.pair(
                            client.createSSLEngine("localhost", 443), server.createSSLEngine());
                    pair.handshake();
                    byte[] data = Contexts.random(10);
                    assertArrayEquals(data, pair.send(pair.client, data));
                    pair.client.closeOutbound();
                    pair.server.closeOutbound();
                  }
                }));
      }
      for (CompletableFuture<Void> one : all) {
        Background.await(one);
      }
      assertEquals(16 * 5, TestToken.key(hidden).signatures.get());
    }
  }

  private static void useOnce(SSLContext client, SSLContext server) throws Exception {
    EnginePair pair =
        Peers.pair(client.createSSLEngine("localhost", 443), server.createSSLEngine());
    if (Peers.run(pair).server() == null) {
      EngineMemoryTest.close(pair);
    }
  }

  @Test
  void nothingLeaks() throws Exception {
    SSLContext client = Contexts.client(Contexts.OURS);
    for (Kind kind : Kind.values()) {
      Identity[] identities = {
        TestToken.hide(TestPki.server(kind)),
        TokenKeyTroubleTest.failing(
            kind,
            () -> {
              throw new SignatureException("no");
            })
      };
      for (Identity hidden : identities) {
        SSLContext server = TokenKeyTroubleTest.context(hidden);
        useOnce(client, server);
        long before = EngineMemoryTest.settled();
        for (int i = 0; i < 20; i++) {
          useOnce(client, server);
        }
        long after = NativeHandle.liveCount();
        assertTrue(after <= before, () -> before + " handles before, " + after + " after");
      }
    }
  }
}
