package io.github.mbedtls4j.nativeloader.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The collector is called when connections have become many, and not again for the same ones. */
class ConnectionCountTest {
  private final AtomicInteger calls = new AtomicInteger();
  private final ConnectionCount connections = new ConnectionCount(10, calls::incrementAndGet);

  private void add(int count) {
    for (int i = 0; i < count; i++) {
      connections.add();
    }
  }

  private void remove(int count) {
    for (int i = 0; i < count; i++) {
      connections.remove();
    }
  }

  @Test
  void fewAreLeftAlone() {
    for (int i = 0; i < 100; i++) {
      add(10);
      remove(10);
    }
    assertEquals(0, calls.get());
    assertEquals(0, connections.count());
  }

  @Test
  void abandonedOnesAreCollectedAgainAndAgain() {
    for (int i = 1; i <= 5; i++) {
      add(11);
      assertEquals(i, calls.get());
      remove(11);
    }
  }

  @Test
  void thoseInUseDoNotCount() {
    add(11);
    assertEquals(1, calls.get());
    add(11);
    assertEquals(1, calls.get());
    add(1);
    assertEquals(2, calls.get());
    remove(3);
    add(20);
    assertEquals(2, calls.get());
    add(1);
    assertEquals(3, calls.get());
    assertEquals(41, connections.count());
  }
}
