package io.github.mbedtls4j.nativeloader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.SelfTests.Outcome;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SelfTestsTest {
  @Test
  void allThatTheLibraryHasPass() {
    Map<Outcome, List<String>> byOutcome =
        SelfTests.run().stream()
            .collect(
                Collectors.groupingBy(
                    SelfTests.Result::outcome,
                    Collectors.mapping(SelfTests.Result::name, Collectors.toList())));
    assertEquals(null, byOutcome.get(Outcome.FAILED));
    List<String> passed = byOutcome.get(Outcome.PASSED);
    assertTrue(
        passed.containsAll(List.of("aes", "gcm", "sha256", "rsa", "ecp", "ctr_drbg", "x509")),
        passed::toString);
  }

  @Test
  void harmfulTestsAreNotRun() {
    assertTrue(
        SelfTests.run().stream()
            .filter(result -> List.of("timing", "memory_buffer_alloc").contains(result.name()))
            .allMatch(
                result ->
                    result.outcome() == Outcome.SKIPPED || result.outcome() == Outcome.ABSENT));
  }
}
