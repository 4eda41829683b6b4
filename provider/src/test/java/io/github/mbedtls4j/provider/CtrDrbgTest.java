package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CtrDrbgTest {
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();

  private static SecureRandom random(String name) throws Exception {
    return SecureRandom.getInstance(name, PROVIDER);
  }

  @Test
  void balancedBits() throws Exception {
    byte[] bytes = new byte[1 << 20];
    random("CTR_DRBG").nextBytes(bytes);
    int ones = 0;
    for (byte b : bytes) {
      ones += Integer.bitCount(b & 0xFF);
    }
    // Eight standard deviations of 2^23 fair coins: by chance once in 10^15 runs.
    double deviation = Math.sqrt(1 << 23) / 2;
    assertTrue(Math.abs(ones - (1 << 22)) < 8 * deviation, ones + " ones");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1023, 1024, 1025, 16_384, 16_385, 1_000_003})
  void anyLength(int length) throws Exception {
    byte[] bytes = new byte[length];
    random("MbedTLS").nextBytes(bytes);
    // The last stretch is filled too.
    byte[] tail = Arrays.copyOfRange(bytes, Math.max(length - 16, 0), length);
    assertEquals(length < 16, length < 16 || new BigInteger(tail).signum() == 0);
  }

  @Test
  void seedsSupplement() throws Exception {
    SecureRandom first = random("CTR_DRBG");
    SecureRandom second = random("CTR_DRBG");
    for (int length : new int[] {0, 1, 48, 128, 129, 1000}) {
      byte[] seed = new byte[length];
      first.setSeed(seed);
      second.setSeed(seed);
      byte[] one = new byte[16];
      byte[] two = new byte[16];
      first.nextBytes(one);
      second.nextBytes(two);
      assertFalse(Arrays.equals(one, two));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 64, 65, 1000})
  void generatesSeeds(int length) throws Exception {
    assertEquals(length, random("CTR_DRBG").generateSeed(length).length);
  }

  @Test
  void refusesANegativeLength() throws Exception {
    SecureRandom random = random("CTR_DRBG");
    assertThrows(IllegalArgumentException.class, () -> random.generateSeed(-1));
  }

  @Test
  void threadsShareOneObject() throws Exception {
    SecureRandom random = random("CTR_DRBG");
    ExecutorService executor = Executors.newFixedThreadPool(16);
    try {
      List<Future<Set<BigInteger>>> parts = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        parts.add(
            executor.submit(
                () -> {
                  Set<BigInteger> values = new HashSet<>();
                  byte[] bytes = new byte[16];
                  for (int round = 0; round < 10_000; round++) {
                    random.nextBytes(bytes);
                    values.add(new BigInteger(bytes));
                  }
                  return values;
                }));
      }
      Set<BigInteger> all = new HashSet<>();
      for (Future<Set<BigInteger>> part : parts) {
        all.addAll(part.get());
      }
      assertEquals(160_000, all.size());
    } finally {
      executor.shutdownNow();
    }
  }
}
