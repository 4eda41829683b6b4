package io.github.mbedtls4j.examples;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The checks of the demo hold, and it would say so if they did not. */
class DemoTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Report report = new Report(new PrintStream(out, true, StandardCharsets.UTF_8));

  @Test
  void allChecksSucceed() throws Exception {
    assertTrue(Demo.run(report, false), this::printed);
    String printed = printed();
    assertTrue(printed.contains("MbedJSSE to MbedJSSE"), printed);
    assertTrue(printed.contains("checks succeeded"), printed);
    assertFalse(printed.contains("FAILED"), printed);
  }

  @Test
  void aFailedCheckIsReported() {
    report.check("a", "fails", () -> false);
    report.check(
        "b",
        "throws",
        () -> {
          throw new IllegalStateException("because");
        });
    report.check("c", "holds", () -> true);
    report.summary();
    assertFalse(report.isGood());
    assertTrue(printed().contains("because"), this::printed);
    assertTrue(printed().contains("2 of 3 checks FAILED"), this::printed);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
