package io.github.mbedtls4j.examples;

import java.io.PrintStream;
import java.util.Locale;

/** What the demo prints, and whether its checks went well. */
final class Report {
  private static final int WIDTH = 78;

  private final PrintStream out;
  private int checks;
  private int failures;

  Report(PrintStream out) {
    this.out = out;
  }

  /** Code that throws, or gives false, when something is wrong. */
  interface Check {
    boolean holds() throws Exception;
  }

  void title(String text) {
    out.println(text);
    out.println("=".repeat(text.length()));
  }

  void section(String text) {
    out.println();
    out.println(text);
    out.println("-".repeat(Math.min(text.length(), WIDTH)));
  }

  void line(String name, String value) {
    out.println(String.format(Locale.ROOT, "  %-10s %s", name, value));
  }

  void note(String text) {
    out.println("  " + text);
  }

  /** Prints one line: what was checked and how it went. */
  void check(String name, String detail, Check check) {
    checks++;
    boolean holds;
    String why = "";
    try {
      holds = check.holds();
    } catch (Exception e) {
      holds = false;
      why = ": " + e;
    }
    String verdict = holds ? "ok" : "FAILED";
    if (!holds) {
      failures++;
    }
    out.println(String.format(Locale.ROOT, "  %-6s  %-24s  %s%s", verdict, name, detail, why));
  }

  boolean isGood() {
    return failures == 0;
  }

  void summary() {
    out.println();
    out.println(
        isGood()
            ? "All " + checks + " checks succeeded."
            : failures + " of " + checks + " checks FAILED.");
  }
}
