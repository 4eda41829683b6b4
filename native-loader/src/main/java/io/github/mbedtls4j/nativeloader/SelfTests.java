package io.github.mbedtls4j.nativeloader;

import io.github.mbedtls4j.nativeloader.binding.LoadedLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The known-answer tests that Mbed TLS carries in itself, one function for each module. */
public final class SelfTests {
  /** What became of a test. */
  public enum Outcome {
    PASSED,
    FAILED,
    /** The library has no such function. */
    ABSENT,
    /** The test would disturb the process: {@link Result#detail} says how. */
    SKIPPED
  }

  /**
   * A test's result.
   *
   * @param name the module, such as {@code aes}
   * @param detail the reason, or the C function's result, where there is something to say
   */
  public record Result(String name, Outcome outcome, String detail) {}

  /** All that the headers of 2.28 declare. */
  private static final List<String> MODULES =
      List.of(
          "aes",
          "arc4",
          "aria",
          "base64",
          "camellia",
          "ccm",
          "chacha20",
          "chachapoly",
          "cmac",
          "ctr_drbg",
          "des",
          "dhm",
          "ecjpake",
          "ecp",
          "entropy",
          "entropy_source",
          "gcm",
          "hmac_drbg",
          "md2",
          "md4",
          "md5",
          "memory_buffer_alloc",
          "mpi",
          "nist_kw",
          "pkcs5",
          "poly1305",
          "ripemd160",
          "rsa",
          "sha1",
          "sha256",
          "sha512",
          "timing",
          "x509",
          "xtea");

  private static final Map<String, String> HARMFUL =
      Map.of(
          "cmac", "prints to the standard output even when told not to",
          "memory_buffer_alloc", "replaces the allocator of the whole library",
          "timing", "takes over SIGALRM and waits for seconds");

  private SelfTests() {}

  /**
   * Runs every test that the loaded library exports; it takes less than a second.
   *
   * <p>No other thread may use the library meanwhile: the tests of {@code ecp}, {@code ctr_drbg}
   * and {@code hmac_drbg} count calls and feed entropy through static variables, and would fail.
   */
  public static synchronized List<Result> run() {
    MbedTls.load();
    List<Result> results = new ArrayList<>();
    for (String module : MODULES) {
      results.add(run(module));
    }
    return List.copyOf(results);
  }

  private static Result run(String module) {
    String function = "mbedtls_" + module + "_self_test";
    if (!LoadedLibrary.exports(function)) {
      return new Result(module, Outcome.ABSENT, "");
    }
    if (HARMFUL.containsKey(module)) {
      return new Result(module, Outcome.SKIPPED, HARMFUL.get(module));
    }
    int result = LoadedLibrary.invokeInt(function, 0);
    return result == 0
        ? new Result(module, Outcome.PASSED, "")
        : new Result(module, Outcome.FAILED, "result " + result);
  }
}
