package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Memory;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongToIntFunction;

/**
 * Owns one C context: allocated here, freed and overwritten exactly once, by {@link #close} or
 * after the owner was collected.
 *
 * <p>Calls are serialised, so that misuse by several threads corrupts results at most and never
 * memory; use after close is an {@link IllegalStateException}.
 */
public abstract class NativeHandle implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();

  private static final AtomicLong LIVE = new AtomicLong();

  /** Beyond the measured size, in case a build hides a trailing member from its init function. */
  private static final int SLACK = 64;

  /** What the cleaner runs; it must not reach its owner. */
  private static final class Block implements Runnable {
    private final long address;
    private final long size;
    private final LongConsumer free;

    Block(long size, LongConsumer free) {
      this.size = size;
      this.free = free;
      this.address = Memory.allocate(size);
      LIVE.incrementAndGet();
    }

    @Override
    public void run() {
      free.accept(address);
      Memory.wipeAndFree(address, size);
      LIVE.decrementAndGet();
    }
  }

  private final Cleaner.Cleanable cleanable;
  private final Block block;
  private boolean closed;

  /** A call is under way: what it calls back must not come here again. */
  private boolean busy;

  /**
   * Allocates and initialises a context.
   *
   * @param init the C init function
   * @param free the C free function, which must only use the address
   */
  protected NativeHandle(ContextType type, LongConsumer init, LongConsumer free) {
    this(requireKnown(type), init, free);
  }

  /** As above, for contexts that lie side by side in one block of {@code size} bytes. */
  protected NativeHandle(long size, LongConsumer init, LongConsumer free) {
    block = new Block(size + SLACK, free);
    init.accept(block.address);
    cleanable = CLEANER.register(this, block);
  }

  /** How many contexts of all kinds are allocated: for diagnostics and tests of leaks. */
  public static long liveCount() {
    return LIVE.get();
  }

  private static long requireKnown(ContextType type) {
    if (type.size() == 0) {
      throw new UnsupportedOperationException("this Mbed TLS library has no " + type + " context");
    }
    return type.size();
  }

  /**
   * Calls a C function on the context.
   *
   * @return its result, zero or positive
   * @throws MbedTlsException if the result is negative
   * @throws IllegalStateException if the handle is closed, or a call on it is under way in this
   *     very thread
   */
  protected final synchronized int call(String function, LongToIntFunction operation) {
    return MbedTlsException.check(function, status(operation));
  }

  /** As {@link #call}, for functions whose negative results say what to do next. */
  protected final synchronized int status(LongToIntFunction operation) {
    if (busy) {
      throw new IllegalStateException(getClass().getSimpleName() + " is in a call already");
    }
    long address = address();
    busy = true;
    try {
      return operation.applyAsInt(address);
    } finally {
      busy = false;
      if (closed) {
        cleanable.clean();
      }
      Reference.reachabilityFence(this);
    }
  }

  /**
   * The context's address, for an owner that alone can reach this handle and fences it.
   *
   * @throws IllegalStateException if the handle is closed
   */
  protected final synchronized long address() {
    if (closed) {
      throw new IllegalStateException(getClass().getSimpleName() + " is closed");
    }
    return block.address;
  }

  /** Whether {@link #close} was called. */
  public final synchronized boolean isClosed() {
    return closed;
  }

  /** Frees the context, once: at the end of a call that this is called back from. */
  @Override
  public final synchronized void close() {
    closed = true;
    if (!busy) {
      cleanable.clean();
    }
  }
}
