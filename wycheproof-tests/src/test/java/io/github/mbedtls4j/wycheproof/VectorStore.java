package io.github.mbedtls4j.wycheproof;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the vectors, which are kept out of the repository: a directory that was asked for, else a
 * checkout beside the repository, else a cache filled once from the pinned upstream commit.
 */
final class VectorStore {

  /** C2SP/wycheproof of 2026-08-18. */
  static final String COMMIT = "dac1dd4729fd1f8dd9e1e9f3dce51d783da6c166";

  private static final URI UPSTREAM =
      URI.create("https://raw.githubusercontent.com/C2SP/wycheproof/" + COMMIT + "/");
  private static final String SUBDIRECTORY = "testvectors_v1";

  private final Settings settings;
  private final Fetcher fetcher;
  private final List<String> tried = new ArrayList<>();

  VectorStore(Settings settings, Fetcher fetcher) {
    this.settings = settings;
    this.fetcher = fetcher;
  }

  /** The directory that holds the named files; empty if no source could be reached. */
  Optional<Path> find(List<String> names) {
    if (settings.vectors().isPresent()) {
      return existing(settings.vectors().get());
    }
    return existing(settings.root().toAbsolutePath().resolve("../shared/wycheproof").normalize())
        .or(() -> fetched(names));
  }

  /** Every place {@link #find} looked at and what was wrong with it. */
  String tried() {
    return String.join("; ", tried);
  }

  private Optional<Path> existing(Path directory) {
    Path inner = directory.resolve(SUBDIRECTORY);
    Path found = Files.isDirectory(inner) ? inner : directory;
    if (Files.isDirectory(found)) {
      return Optional.of(found);
    }
    tried.add(directory + ": no such directory");
    return Optional.empty();
  }

  private Optional<Path> fetched(List<String> names) {
    Path directory = settings.cache().resolve(COMMIT);
    for (String name : names) {
      URI address = UPSTREAM.resolve(SUBDIRECTORY + "/" + name);
      try {
        fetchOnce(address, directory.resolve(name));
      } catch (IOException e) {
        tried.add(address + " into " + directory + ": " + e);
        return Optional.empty(); // offline: the other files would only wait for their timeouts
      }
    }
    return Optional.of(directory);
  }

  private void fetchOnce(URI address, Path target) throws IOException {
    if (Files.exists(target)) {
      return;
    }
    byte[] content = fetcher.fetch(address);
    Files.createDirectories(target.getParent());
    // A cached file is never looked at again, so it must appear whole or not at all.
    Path partial = Files.createTempFile(target.getParent(), "fetch", ".part");
    try {
      Files.write(partial, content);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
