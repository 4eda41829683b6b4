package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.security.Provider;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.HandshakeCompletedListener;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is told that a handshake is done. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HandshakeListenerTest {
  private static final int ROUNDS = 20;

  static Stream<Provider> providers() {
    return Stream.of(Contexts.OURS, Contexts.SUN);
  }

  private static TlsPair connect(Provider client) throws Exception {
    return TlsPair.connect(
        Contexts.client(client), Contexts.server(Contexts.OURS, TestPki.server(Kind.EC)));
  }

  /** The thread that tells it may be slower than the one that goes on. */
  @ParameterizedTest
  @MethodSource("providers")
  void aListenerThatIsRemovedAfterTheHandshakeWasTold(Provider provider) throws Exception {
    CountDownLatch told = new CountDownLatch(ROUNDS);
    for (int i = 0; i < ROUNDS; i++) {
      try (TlsPair pair = connect(provider)) {
        HandshakeCompletedListener listener = event -> told.countDown();
        pair.client.addHandshakeCompletedListener(listener);
        pair.handshake();
        pair.client.removeHandshakeCompletedListener(listener);
      }
    }
    assertEquals(true, told.await(TlsPair.SO_TIMEOUT, TimeUnit.MILLISECONDS));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void whoIsAddedTwiceIsToldOnce(Provider provider) throws Exception {
    AtomicInteger count = new AtomicInteger();
    CompletableFuture<Thread> notifier = new CompletableFuture<>();
    try (TlsPair pair = connect(provider)) {
      HandshakeCompletedListener listener =
          event -> {
            count.incrementAndGet();
            notifier.complete(Thread.currentThread());
          };
      List.of(listener, listener).forEach(pair.client::addHandshakeCompletedListener);
      pair.handshake();
      Thread thread = notifier.get(TlsPair.SO_TIMEOUT, TimeUnit.MILLISECONDS);
      thread.join(TlsPair.SO_TIMEOUT);
      assertEquals(1, count.get());
    }
  }

  /** Else the end of main could come before the event. */
  @ParameterizedTest
  @MethodSource("providers")
  void theThreadIsNoDaemonUnlessTheHandshakesIs(Provider provider) throws Exception {
    CompletableFuture<Boolean> daemon = new CompletableFuture<>();
    CompletableFuture<Void> handshake = new CompletableFuture<>();
    try (TlsPair pair = connect(provider)) {
      pair.client.addHandshakeCompletedListener(
          event -> daemon.complete(Thread.currentThread().isDaemon()));
      Thread main =
          new Thread(
              () -> {
                try {
                  pair.handshake();
                  handshake.complete(null);
                } catch (Exception e) {
                  handshake.completeExceptionally(e);
                }
              });
      main.setDaemon(false);
      main.start();
      Background.await(handshake);
      assertFalse(daemon.get(TlsPair.SO_TIMEOUT, TimeUnit.MILLISECONDS));
    }
  }
}
