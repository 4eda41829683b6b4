package io.github.mbedtls4j.provider;

import java.time.Duration;
import java.util.Random;

/**
 * Repeats a test with random input.
 *
 * <p>System properties: {@code mbedtls4j.random.seed} (default 1) is the seed of the first round,
 * {@code mbedtls4j.random.rounds} the number of rounds, {@code mbedtls4j.random.seconds} runs for a
 * time instead. A failure names the seed of its round, which alone repeats it.
 */
final class RandomRun {
  /** One round. */
  interface Round {
    void run(Random random) throws Exception;
  }

  private RandomRun() {}

  static void repeat(int defaultRounds, Round round) {
    long first = Long.getLong("mbedtls4j.random.seed", 1);
    int rounds = Integer.getInteger("mbedtls4j.random.rounds", defaultRounds);
    Integer seconds = Integer.getInteger("mbedtls4j.random.seconds");
    long end = seconds == null ? 0 : System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    for (long i = 0; seconds == null ? i < rounds : System.nanoTime() < end; i++) {
      try {
        round.run(new Random(scramble(first + i)));
      } catch (Exception | AssertionError e) {
        throw new AssertionError("with -Dmbedtls4j.random.seed=" + (first + i) + ": " + e, e);
      }
    }
  }

  /** Neighbouring seeds give similar first numbers otherwise. */
  private static long scramble(long seed) {
    return seed * 0x9E3779B97F4A7C15L;
  }

  static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Mostly short, at times around the sizes of internal buffers, seldom long. */
  static int length(Random random) {
    int kind = random.nextInt(40);
    if (kind == 0) {
      return random.nextInt(100_000);
    }
    if (kind < 4) {
      return (1 << (8 + random.nextInt(7))) + random.nextInt(40) - 20;
    }
    return random.nextInt(kind < 20 ? 20 : 120);
  }
}
