package io.github.mbedtls4j.nativeloader.handle;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Idle objects of which each serves one thread at a time. A thread looks in the slots that its id
 * points at first, so that it finds warm objects again without contention; virtual threads need no
 * storage of their own.
 *
 * @param <T> what is pooled
 */
public final class Pool<T> {
  /** A power of two; more than cores, since threads that wait hold objects too. */
  private static final int SLOTS =
      Integer.highestOneBit(Math.max(16, Runtime.getRuntime().availableProcessors() * 4));

  /** How many neighbouring slots a thread tries. */
  private static final int PROBES = 4;

  private final AtomicReferenceArray<T> slots = new AtomicReferenceArray<>(SLOTS);
  private final Supplier<T> factory;

  /** A pool that makes a new object when no idle one is at hand. */
  public Pool(Supplier<T> factory) {
    this.factory = factory;
  }

  /** An idle object, or a new one. */
  public T take() {
    int start = start();
    for (int i = 0; i < PROBES; i++) {
      int slot = start + i & SLOTS - 1;
      if (slots.getPlain(slot) != null) {
        T idle = slots.getAndSet(slot, null);
        if (idle != null) {
          return idle;
        }
      }
    }
    return factory.get();
  }

  /** Takes an object back; false if the pool is full and the caller must dispose of it. */
  public boolean give(T object) {
    int start = start();
    for (int i = 0; i < PROBES; i++) {
      if (slots.compareAndSet(start + i & SLOTS - 1, null, object)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Runs an operation on an object of a pool of handles. The object goes back only when the
   * operation succeeded: after a failure its native state is not trusted.
   */
  public static <H extends NativeHandle, R> R with(Pool<H> pool, Function<H, R> operation) {
    H handle = pool.take();
    boolean kept = false;
    try {
      R result = operation.apply(handle);
      kept = pool.give(handle);
      return result;
    } finally {
      if (!kept) {
        handle.close();
      }
    }
  }

  private static int start() {
    return (int) Thread.currentThread().getId() & SLOTS - 1;
  }
}
