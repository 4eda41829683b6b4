package io.github.mbedtls4j.wycheproof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a run is told from outside.
 *
 * @param providers names of the providers under test in order of preference
 * @param vectors the vector directory somebody asked for
 * @param root the top of the repository
 * @param cache where fetched vectors are kept
 * @param required whether missing vectors fail the run instead of skipping it
 */
record Settings(
    List<String> providers, Optional<Path> vectors, Path root, Path cache, boolean required) {

  static Settings fromSystem() {
    return new Settings(
        List.of(System.getProperty("mbedtls4j.wycheproof.provider", "MbedTLS").split(",")),
        Optional.ofNullable(System.getProperty("mbedtls4j.wycheproof")).map(Path::of),
        Optional.ofNullable(System.getProperty("mbedtls4j.root"))
            .map(Path::of)
            .orElseGet(Settings::findRoot),
        cacheHome().resolve("mbedtls4j").resolve("wycheproof"),
        Boolean.getBoolean("mbedtls4j.wycheproof.required"));
  }

  private static Path cacheHome() {
    String home = System.getenv("XDG_CACHE_HOME");
    return home == null || home.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".cache")
        : Path.of(home);
  }

  /** An IDE starts the tests without surefire's property, somewhere inside the repository. */
  private static Path findRoot() {
    Path start = Path.of("").toAbsolutePath();
    for (Path dir = start; dir != null; dir = dir.getParent()) {
      if (isAggregator(dir.resolve("pom.xml"))) {
        return dir;
      }
    }
    return start;
  }

  private static boolean isAggregator(Path pom) {
    try {
      return Files.exists(pom) && Files.readString(pom).contains("<modules>");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
