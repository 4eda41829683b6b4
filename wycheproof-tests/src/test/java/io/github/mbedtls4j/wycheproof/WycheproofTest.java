package io.github.mbedtls4j.wycheproof;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/** Every listed vector file against the provider under test. */
class WycheproofTest {

  @TestFactory
  Stream<DynamicNode> vectors() throws IOException {
    Settings settings = Settings.fromSystem();
    List<String> files = fileList();
    Path directory;
    try {
      directory = locate(settings, files, Fetcher.http(), System.err);
    } catch (TestAbortedException e) {
      // Surefire leaves an aborted factory out of its count; a skipped test shows there.
      return Stream.of(
          DynamicTest.dynamicTest(
              "vectors are missing",
              () -> {
                throw e;
              }));
    }
    Jca jca = Jca.of(settings.providers());
    Skips skips =
        Skips.parse(resource("/wycheproof-skips.json"), settings.providers(), jca::offers);
    Suite suite = new Suite(jca, directory, files, skips);
    return suite.tests().onClose(() -> System.out.println(suite.summary()));
  }

  /** Finds the vectors; without any, fails where somebody counts on them and else skips, loudly. */
  static Path locate(Settings settings, List<String> files, Fetcher fetcher, PrintStream log) {
    VectorStore store = new VectorStore(settings, fetcher);
    Optional<Path> directory = store.find(files);
    if (directory.isEmpty()) {
      String message = "NO WYCHEPROOF VECTORS, NOTHING WAS TESTED. Tried: " + store.tried();
      if (settings.required() || settings.vectors().isPresent()) {
        throw new AssertionError(message);
      }
      log.println(message);
      Assumptions.abort(message);
    }
    return directory.orElseThrow();
  }

  private static List<String> fileList() throws IOException {
    return resource("/wycheproof-files.txt")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = WycheproofTest.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
