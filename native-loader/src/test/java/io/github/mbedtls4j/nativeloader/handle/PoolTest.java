package io.github.mbedtls4j.nativeloader.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.MbedTls;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PoolTest {
  @Test
  void givesBackWhatItTook() {
    Pool<Object> pool = new Pool<>(Object::new);
    Object first = pool.take();
    assertNotSame(first, pool.take());
    assertTrue(pool.give(first));
    assertSame(first, pool.take());
  }

  @Test
  void refusesWhenFull() {
    Pool<Object> pool = new Pool<>(Object::new);
    int kept = 0;
    while (pool.give(new Object())) {
      kept++;
      assertTrue(kept < 1000);
    }
    assertTrue(kept > 0);
    assertFalse(pool.give(new Object()));
  }

  @Test
  void closesAfterFailure() {
    MbedTls.load();
    List<MdContext> made = new ArrayList<>();
    Pool<MdContext> pool =
        new Pool<>(
            () -> {
              MdContext context = new MdContext(Hash.SHA1);
              made.add(context);
              return context;
            });
    assertEquals(20, Pool.with(pool, MdContext::finish).length);
    MdContext first = made.get(0);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Pool.with(
                pool,
                context -> {
                  throw new IllegalArgumentException();
                }));
    assertEquals(1, made.size());
    assertThrows(IllegalStateException.class, first::start);
  }

  @Test
  void neverInTwoThreads() throws Exception {
    Pool<AtomicBoolean> pool = new Pool<>(AtomicBoolean::new);
    ExecutorService executor = Executors.newFixedThreadPool(16);
    try {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        results.add(
            executor.submit(
                () -> {
                  boolean alone = true;
                  for (int round = 0; round < 20_000; round++) {
                    AtomicBoolean inUse = pool.take();
                    alone &= inUse.compareAndSet(false, true);
                    inUse.set(false);
                    pool.give(inUse);
                  }
                  return alone;
                }));
      }
      for (Future<Boolean> result : results) {
        assertTrue(result.get());
      }
    } finally {
      executor.shutdownNow();
    }
  }
}
