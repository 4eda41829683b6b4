package io.github.mbedtls4j.provider;

import io.github.mbedtls4j.testing.ChildJvm;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  @Test
  void healthy() throws Exception {
    ChildJvm.of(Diagnosis.class)
        .run()
        .expect(
            "provider:             MbedTLS " + MbedTlsProvider.VERSION,
            "library:              mbed TLS 2.28.",
            "source:",
            "path:",
            "JNA:",
            "JVM:",
            "passed:               aes, ",
            "MessageDigest:",
            "SHA-256",
            "Services withheld",
            "Healthy.");
  }

  @Test
  void verboseAddsSizesAndAliases() throws Exception {
    ChildJvm.of(Diagnosis.class)
        .run("--verbose")
        .expect("SSL_CONFIG:", "MessageDigest.SHA-256:", "OID.2.16.840.1.101.3.4.2.1");
  }

  @Test
  void noLibrary() throws Exception {
    ChildJvm.Result result =
        ChildJvm.of(Diagnosis.class).with("-Dmbedtls4j.library=/nonexistent").run();
    result.expectFailure("No usable Mbed TLS 2.28 library", "/nonexistent: no such file", "Remedy");
    if (result.output().contains("\tat ")) {
      throw new AssertionError("a stack trace: " + result.output());
    }
  }

  @Test
  void missingJars() throws Exception {
    ChildJvm.of(Diagnosis.class)
        .without(ChildJvm.named("jna"))
        .run()
        .expectFailure("there is no JNA");
    ChildJvm.of(Diagnosis.class)
        .without(element -> element.contains("native-loader"))
        .run()
        .expectFailure("A jar is missing", "io/github/mbedtls4j/nativeloader", "Remedy");
  }

  @Test
  void wrongArguments() throws Exception {
    ChildJvm.of(Diagnosis.class).run("--help").expectFailure("usage: java -jar");
  }
}
