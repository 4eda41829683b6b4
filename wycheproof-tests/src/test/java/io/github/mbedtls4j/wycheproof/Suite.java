package io.github.mbedtls4j.wycheproof;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** Turns vector files into tests: a container per file, a test per group. */
final class Suite {

  private final Jca jca;
  private final Path directory;
  private final List<String> names;
  private final Skips skips;
  private int run;
  private int skipped;

  Suite(Jca jca, Path directory, List<String> names, Skips skips) {
    this.jca = jca;
    this.directory = directory;
    this.names = List.copyOf(names);
    this.skips = skips;
  }

  /** The tests, to be executed in order: the last one judges what the others have used. */
  Stream<DynamicNode> tests() {
    // Lazy: a file's JSON lives only while its container runs.
    Stream<DynamicNode> files =
        names.stream().map(name -> dynamicContainer(name, Stream.of(name).flatMap(this::file)));
    return Stream.concat(files, Stream.of(dynamicTest("no skip is stale", this::checkSkips)));
  }

  /** What has been run so far, for the log. */
  String summary() {
    return "Wycheproof: %d files, %d vectors run, %d skipped, provider %s, vectors from %s"
        .formatted(names.size(), run, skipped, jca, directory);
  }

  private Stream<DynamicTest> file(String name) {
    try {
      VectorFile file = VectorFile.read(directory, name);
      List<DynamicTest> tests = new ArrayList<>();
      int runBefore = run;
      file.groups().forEach(group -> tests.add(group(group)));
      if (run == runBefore && !skips.coverWholeFile(name)) {
        tests.add(failing(name, new AssertionError(name + " is listed, and no vector of it runs")));
      }
      return tests.stream();
    } catch (IOException | IllegalArgumentException e) {
      return Stream.of(failing(name, e));
    }
  }

  private DynamicTest group(VectorGroup group) {
    List<TestVector> selected = new ArrayList<>();
    Set<String> reasons = new LinkedHashSet<>();
    for (TestVector vector : group.vectors()) {
      skips.reason(group, vector).ifPresentOrElse(reasons::add, () -> selected.add(vector));
    }
    int left = group.vectors().size() - selected.size();
    run += selected.size();
    skipped += left;
    String name = group.name() + ": " + selected.size() + " vectors, " + left + " skipped";
    return dynamicTest(
        name,
        () -> {
          Assumptions.assumeFalse(selected.isEmpty(), () -> "skipped: " + reasons);
          runAll(group, selected);
        });
  }

  private void runAll(VectorGroup group, List<TestVector> vectors) throws GeneralSecurityException {
    VectorRunner runner = Runners.of(group.type());
    List<String> failures = new ArrayList<>();
    for (TestVector vector : vectors) {
      try {
        runner.run(jca, group, vector);
      } catch (VectorFailure e) {
        failures.add(vector + ": " + e.getMessage());
      }
    }
    if (!failures.isEmpty()) {
      throw new AssertionError(
          "%s %s: %d of %d vectors fail with %s%n  %s"
              .formatted(
                  group.file(),
                  group.name(),
                  failures.size(),
                  vectors.size(),
                  jca,
                  String.join(System.lineSeparator() + "  ", failures)));
    }
  }

  private void checkSkips() {
    List<String> stale = skips.stale();
    if (!stale.isEmpty()) {
      throw new AssertionError("remove or mend these skips: " + String.join("; ", stale));
    }
  }

  private static DynamicTest failing(String name, Throwable cause) {
    return dynamicTest(
        name,
        () -> {
          throw cause;
        });
  }
}
