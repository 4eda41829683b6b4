package io.github.mbedtls4j.provider;

import java.security.SecureRandom;
import java.util.Random;

/** Repeats itself: for comparing what two implementations do with random bytes. */
final class FixedRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final Random source;

  FixedRandom(long seed) {
    source = new Random(seed);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    source.nextBytes(bytes);
  }
}
