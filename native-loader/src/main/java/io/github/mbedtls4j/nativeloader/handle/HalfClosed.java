package io.github.mbedtls4j.nativeloader.handle;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the connections of which one direction is closed. Many an application forgets an engine
 * in this state, since its transport is gone, and only the garbage collector can tell. It sees a
 * small object, not the native memory behind it: when that has become much, it is called, as the
 * JDK does for direct buffers.
 */
final class HalfClosed {
  /** The two record buffers of a connection, and what belongs to it. */
  private static final int BYTES = 40_000;

  private static final int MIN_LIMIT = 1000;

  private final AtomicInteger count = new AtomicInteger();
  private final AtomicBoolean collecting = new AtomicBoolean();
  private final int minLimit;
  private final Runnable collector;
  private volatile int limit;

  HalfClosed() {
    this((int) Math.max(MIN_LIMIT, Runtime.getRuntime().maxMemory() / 4 / BYTES), System::gc);
  }

  HalfClosed(int minLimit, Runnable collector) {
    this.minLimit = minLimit;
    this.collector = collector;
    limit = minLimit;
  }

  int count() {
    return count.get();
  }

  void add() {
    if (count.incrementAndGet() >= limit && collecting.compareAndSet(false, true)) {
      Thread thread = new Thread(this::collect, "mbedtls4j half-closed connections");
      thread.setDaemon(true);
      thread.start();
    }
  }

  void remove() {
    count.decrementAndGet();
  }

  private void collect() {
    try {
      collector.run();
      // Those that are left may be in use: not again before there are twice as many.
      limit = Math.max(minLimit, 2 * count.get());
    } finally {
      collecting.set(false);
    }
  }
}
