package io.github.mbedtls4j.jsse.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.mbedtls4j.testing.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fresh JVMs whose first providers are our two. */
class Position1Test {
  private static ChildJvm withSample() {
    return ChildJvm.of(FirstUse.class)
        .with(
            "-Djava.security.properties=" + ChildJvm.projectRoot().resolve("java.security.sample"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSLContext", "SecureRandom", "getProvider", "constructors", "threads"})
  void sampleFile(String firstUse) throws Exception {
    withSample()
        .run(firstUse)
        .expect(
            "providers: [MbedTLS, MbedJSSE, SUN, ",
            "default: MbedJSSE",
            "TLS: MbedJSSE",
            "random: MbedTLS",
            "ended");
  }

  @Test
  void insertedByCode() throws Exception {
    ChildJvm.of(FirstUse.class)
        .run("insertProviderAt")
        .expect("providers: [MbedTLS, MbedJSSE, SUN, ", "default: MbedJSSE", "ended");
  }

  @Test
  void whenLoadingFailsTheNextProvidersServe() throws Exception {
    ChildJvm.Result result =
        withSample().with("-Dmbedtls4j.library=/nonexistent").run("SSLContext");
    result.expect("providers: [SUN, ", "default: SunJSSE", "random: ", "ended");
    // Both providers fail for one reason: it is told once.
    assertEquals(1, result.output().split("Remedy: ", -1).length - 1, result.output());
  }
}
