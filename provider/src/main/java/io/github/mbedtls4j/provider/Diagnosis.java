package io.github.mbedtls4j.provider;

import java.io.PrintStream;
import java.util.List;

/**
 * What {@code java -jar mbedtls4j-provider.jar} runs: says which library was loaded, what it can
 * do, and what the provider offers and withholds on it.
 *
 * <p>This class needs no other jar before it runs, so that a missing one can be named.
 */
public final class Diagnosis {
  private static final String USAGE =
      "usage: java -jar mbedtls4j-provider-" + MbedTlsProvider.VERSION + ".jar [--verbose]";

  private Diagnosis() {}

  /**
   * Prints the diagnosis to the standard output.
   *
   * <p>Exit code 0: healthy; 1: no library, or one that fails its self tests; 2: wrong arguments.
   *
   * @param arguments nothing or {@code --verbose}
   */
  public static void main(String[] arguments) {
    List<String> given = List.of(arguments);
    if (!given.isEmpty() && !given.equals(List.of("--verbose"))) {
      System.err.println(USAGE);
      System.exit(2);
    }
    System.exit(run(System.out, !given.isEmpty()));
  }

  private static int run(PrintStream out, boolean verbose) {
    try {
      return HealthReport.print(out, verbose) ? 0 : 1;
    } catch (NoClassDefFoundError e) {
      out.println(
          "A jar is missing: there is no class "
              + e.getMessage()
              + ".\nRemedy: put mbedtls4j-native-loader and jna-jpms beside this jar, under the"
              + " names in its manifest, or on the class path.");
      return 1;
    }
  }
}
