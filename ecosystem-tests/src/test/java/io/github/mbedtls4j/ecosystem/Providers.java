package io.github.mbedtls4j.ecosystem;

import io.github.mbedtls4j.jsse.Contexts;
import java.security.Security;

/** The providers of the JVM. */
final class Providers {
  private Providers() {}

  /** Puts MbedJSSE at the end of the list, for those who ask for a provider by its name. */
  static void makeKnown() {
    Security.addProvider(Contexts.OURS);
  }
}
