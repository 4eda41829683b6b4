package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.nativeloader.binding.CtrDrbg;
import io.github.mbedtls4j.nativeloader.binding.Entropy;
import io.github.mbedtls4j.nativeloader.binding.LoadedLibrary;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongToIntFunction;

/**
 * CTR_DRBG (NIST SP 800-90A) with AES-256, seeded by the operating system through Mbed TLS's
 * entropy collector. Each generator has a collector of its own, so that neither is ever shared by
 * two threads, and serves one call at a time.
 */
public final class Rng extends NativeHandle {
  /** {@code mbedtls_ctr_drbg_random}, passed to C functions as {@code f_rng}. */
  public static final long F_RNG = LoadedLibrary.address("mbedtls_ctr_drbg_random");

  private static final long F_ENTROPY = LoadedLibrary.address("mbedtls_entropy_func");
  private static final Pool<Rng> POOL = new Pool<>(Rng::new);
  private static final long ENTROPY_AT = ContextType.CTR_DRBG.size() + 15L & -16;

  private static final boolean SHARED_OK = MbedTls.hasFeature("THREADING");
  private static final AtomicReferenceArray<Rng> SHARED =
      new AtomicReferenceArray<>(
          Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 2));

  private Rng() {
    super(
        ENTROPY_AT + ContextType.ENTROPY.size(),
        ctx -> {
          CtrDrbg.mbedtls_ctr_drbg_init(ctx);
          Entropy.mbedtls_entropy_init(ctx + ENTROPY_AT);
        },
        ctx -> {
          CtrDrbg.mbedtls_ctr_drbg_free(ctx);
          Entropy.mbedtls_entropy_free(ctx + ENTROPY_AT);
        });
    call(
        "mbedtls_ctr_drbg_seed",
        ctx -> CtrDrbg.mbedtls_ctr_drbg_seed(ctx, F_ENTROPY, ctx + ENTROPY_AT, 0, 0));
  }

  /** Fills a part of an array with random bytes. */
  public static void fill(byte[] target, int offset, int length) {
    Pool.with(
        POOL,
        rng -> {
          rng.random(target, offset, length);
          return null;
        });
  }

  /** New random bytes. */
  public static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    fill(bytes, 0, length);
    return bytes;
  }

  /**
   * Mixes data into a generator and reseeds it from the system too, so that the data can add
   * entropy and never replace it.
   */
  public static void reseed(byte[] additional) {
    Pool.with(
        POOL,
        rng -> {
          int at = 0;
          do {
            rng.reseed(additional, at);
            at += CtrDrbg.MBEDTLS_CTR_DRBG_MAX_INPUT / 2;
          } while (at < additional.length);
          return null;
        });
  }

  /** Bytes straight from the entropy collector, for seeding other generators. */
  public static byte[] seed(int length) {
    byte[] seed = new byte[length];
    return Pool.with(POOL, rng -> rng.entropy(seed));
  }

  /**
   * Runs a native operation that takes {@code f_rng} and {@code p_rng}.
   *
   * @param operation gets {@code p_rng}, to be passed with {@link #F_RNG}; it must return before
   *     the generator is used again
   */
  public static int lend(LongToIntFunction operation) {
    Rng rng = POOL.take();
    try {
      return operation.applyAsInt(rng.address());
    } finally {
      if (!POOL.give(rng)) {
        rng.close();
      }
    }
  }

  /**
   * A generator for a connection, which may share it with others where the library guards it by a
   * mutex of its own.
   */
  static Rng shared() {
    return SHARED_OK
        ? SHARED.updateAndGet(
            (int) (Thread.currentThread().getId() & SHARED.length() - 1),
            rng -> rng == null ? new Rng() : rng)
        : new Rng();
  }

  private void random(byte[] target, int offset, int length) {
    try (NativeBuffer out = NativeBuffer.allocate(Math.min(length, NativeBuffer.CHUNK))) {
      int at = 0;
      while (at < length) {
        int size = Math.min(NativeBuffer.CHUNK, length - at);
        for (int done = 0; done < size; done += CtrDrbg.MBEDTLS_CTR_DRBG_MAX_REQUEST) {
          long to = out.address() + done;
          int request = Math.min(CtrDrbg.MBEDTLS_CTR_DRBG_MAX_REQUEST, size - done);
          call("mbedtls_ctr_drbg_random", ctx -> CtrDrbg.mbedtls_ctr_drbg_random(ctx, to, request));
        }
        out.get(0, target, offset + at, size);
        at += size;
      }
    }
  }

  private void reseed(byte[] additional, int at) {
    int length = Math.min(CtrDrbg.MBEDTLS_CTR_DRBG_MAX_INPUT / 2, additional.length - at);
    try (NativeBuffer in = NativeBuffer.of(additional, at, length)) {
      call(
          "mbedtls_ctr_drbg_reseed",
          ctx -> CtrDrbg.mbedtls_ctr_drbg_reseed(ctx, in.address(), length));
    }
  }

  private byte[] entropy(byte[] seed) {
    try (NativeBuffer out = NativeBuffer.allocate(Entropy.MBEDTLS_ENTROPY_BLOCK_SIZE)) {
      for (int at = 0; at < seed.length; at += out.size()) {
        int size = Math.min(out.size(), seed.length - at);
        call(
            "mbedtls_entropy_func",
            ctx -> Entropy.mbedtls_entropy_func(ctx + ENTROPY_AT, out.address(), size));
        out.get(0, seed, at, size);
      }
    }
    return seed;
  }
}
