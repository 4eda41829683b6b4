package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigInteger;
import java.security.DrbgParameters;
import java.security.DrbgParameters.Capability;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.SecureRandomParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The generators that take parameters; refusals are compared with SUN's DRBG. */
class DrbgTest {
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();
  private static final SecureRandomParameters UNKNOWN = new SecureRandomParameters() {};

  private static SecureRandom random(String name, SecureRandomParameters parameters)
      throws Exception {
    return SecureRandom.getInstance(name, parameters, PROVIDER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DRBG", "HMAC_DRBG"})
  void anyLength(String name) throws Exception {
    SecureRandom random = SecureRandom.getInstance(name, PROVIDER);
    assertEquals(name, random.getAlgorithm());
    for (int length : new int[] {0, 1, 1023, 1024, 1025, 16_384, 100_003}) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      byte[] tail = Arrays.copyOfRange(bytes, Math.max(length - 16, 0), length);
      assertEquals(length < 16, length < 16 || new BigInteger(tail).signum() == 0);
    }
    for (int length : new int[] {0, 64, 65, 1000}) {
      assertEquals(length, random.generateSeed(length).length);
    }
    assertThrows(IllegalArgumentException.class, () -> random.generateSeed(-1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DRBG", "HMAC_DRBG"})
  void equalInputsDiffer(String name) throws Exception {
    Set<BigInteger> seen = new HashSet<>();
    int count = 0;
    for (int length : new int[] {0, 1, 128, 129, 5000}) {
      byte[] input = new byte[length];
      for (int i = 0; i < 2; i++) {
        SecureRandom random =
            random(name, DrbgParameters.instantiation(256, Capability.PR_AND_RESEED, input));
        byte[] bytes = new byte[16];
        random.setSeed(input);
        random.nextBytes(bytes);
        seen.add(new BigInteger(bytes));
        random.nextBytes(bytes, DrbgParameters.nextBytes(256, true, input));
        seen.add(new BigInteger(bytes));
        random.nextBytes(bytes, DrbgParameters.nextBytes(-1, false, input));
        seen.add(new BigInteger(bytes));
        random.reseed(DrbgParameters.reseed(true, input));
        random.reseed();
        random.nextBytes(bytes);
        seen.add(new BigInteger(bytes));
        count += 4;
      }
    }
    assertEquals(count, seen.size());
  }

  @Test
  void tellsItsParameters() throws Exception {
    DrbgParameters.Instantiation standard =
        assertInstanceOf(
            DrbgParameters.Instantiation.class,
            SecureRandom.getInstance("DRBG", PROVIDER).getParameters());
    assertEquals("256,reseed_only,null", standard.toString());
    assertEquals(
        "112,pr_and_reseed,null",
        random("HMAC_DRBG", DrbgParameters.instantiation(112, Capability.PR_AND_RESEED, null))
            .getParameters()
            .toString());
    // As SUN: what can be reseeded says so.
    assertEquals(
        "128,reseed_only,null",
        random("DRBG", DrbgParameters.instantiation(128, Capability.NONE, null))
            .getParameters()
            .toString());
  }

  @Test
  void refusesAsSun() throws Exception {
    SecureRandom theirs =
        SecureRandom.getInstance(
            "DRBG", DrbgParameters.instantiation(112, Capability.RESEED_ONLY, null), "SUN");
    for (String name : List.of("DRBG", "HMAC_DRBG")) {
      SecureRandom ours =
          random(name, DrbgParameters.instantiation(112, Capability.RESEED_ONLY, null));
      for (SecureRandomParameters given :
          Arrays.asList(
              UNKNOWN,
              null,
              DrbgParameters.nextBytes(128, false, null),
              DrbgParameters.nextBytes(-1, true, null),
              DrbgParameters.nextBytes(112, false, new byte[9]),
              DrbgParameters.reseed(true, null),
              DrbgParameters.reseed(false, new byte[9]))) {
        assertEquals(outcome(() -> next(theirs, given)), outcome(() -> next(ours, given)));
        assertEquals(outcome(() -> reseed(theirs, given)), outcome(() -> reseed(ours, given)));
      }
      assertThrows(NoSuchAlgorithmException.class, () -> random(name, UNKNOWN));
      assertThrows(
          NoSuchAlgorithmException.class,
          () -> random(name, DrbgParameters.instantiation(257, Capability.NONE, null)));
    }
  }

  private static Object next(SecureRandom random, SecureRandomParameters parameters) {
    random.nextBytes(new byte[4], parameters);
    return "done";
  }

  private static Object reseed(SecureRandom random, SecureRandomParameters parameters) {
    random.reseed(parameters);
    return "done";
  }

  private static String outcome(Callable<?> call) {
    return Outcome.of(call).text();
  }

  @Test
  void serialised() throws Exception {
    SecureRandom random =
        random("DRBG", DrbgParameters.instantiation(192, Capability.PR_AND_RESEED, new byte[] {1}));
    random.nextInt();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ObjectOutputStream(out).writeObject(random);
    SecureRandom read =
        (SecureRandom)
            new ObjectInputStream(new ByteArrayInputStream(out.toByteArray())).readObject();
    byte[] one = new byte[16];
    byte[] two = new byte[16];
    random.nextBytes(one);
    read.nextBytes(two);
    assertFalse(Arrays.equals(one, two));
    assertEquals("192,pr_and_reseed,[1]", text(read));
  }

  private static String text(SecureRandom random) {
    DrbgParameters.Instantiation used = (DrbgParameters.Instantiation) random.getParameters();
    return used.getStrength()
        + ","
        + used.getCapability()
        + ","
        + Arrays.toString(used.getPersonalizationString());
  }

  @Test
  void threadsShareOneObject() throws Exception {
    SecureRandom random = SecureRandom.getInstance("HMAC_DRBG", PROVIDER);
    ExecutorService executor = Executors.newFixedThreadPool(8);
    try {
      List<Future<Set<BigInteger>>> parts = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        parts.add(
            executor.submit(
                () -> {
                  Set<BigInteger> values = new HashSet<>();
                  byte[] bytes = new byte[16];
                  for (int round = 0; round < 1000; round++) {
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
      assertEquals(8000, all.size());
    } finally {
      executor.shutdownNow();
    }
  }
}
