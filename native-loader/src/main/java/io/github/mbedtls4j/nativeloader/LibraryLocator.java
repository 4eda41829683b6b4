package io.github.mbedtls4j.nativeloader;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds and opens the Mbed TLS library that {@code -Dmbedtls4j.library} asks for. */
final class LibraryLocator {
  /** {@code bundled}, {@code system}, or the path of a library or of a directory with one. */
  static final String PROPERTY = "mbedtls4j.library";

  /** An opened library and where it came from. */
  record Located(NativeLibrary library, String source, String path, long version) {}

  private static final String BUNDLED = "bundled";
  private static final String SYSTEM = "system";
  private static final String BUNDLED_NAME = "mbedtls4j";

  /** RTLD_NOW without RTLD_GLOBAL: the library's symbols must not meet another copy's. */
  private static final Map<String, Object> OPEN_FLAGS = Map.of(Library.OPTION_OPEN_FLAGS, 2);

  private final List<String> failures = new ArrayList<>();
  private Throwable firstCause;

  private LibraryLocator() {}

  /**
   * Opens the first library that works and is version 2.28.
   *
   * @throws LibraryLoadException with every place tried
   */
  static Located locate() {
    return new LibraryLocator().find(System.getProperty(PROPERTY, ""));
  }

  private Located find(String wanted) {
    Located found = null;
    if (wanted.isEmpty() || wanted.equals(BUNDLED)) {
      found = bundled();
    }
    if (found == null && (wanted.isEmpty() || wanted.equals(SYSTEM))) {
      found = system();
    }
    if (found == null && !List.of("", BUNDLED, SYSTEM).contains(wanted)) {
      found = path(Path.of(wanted));
    }
    if (found == null) {
      throw new LibraryLoadException(report(wanted), firstCause);
    }
    return found;
  }

  private Located bundled() {
    String resource = "/" + Platform.RESOURCE_PREFIX + "/" + System.mapLibraryName(BUNDLED_NAME);
    InputStream stream = LibraryLocator.class.getResourceAsStream(resource);
    if (stream == null) {
      failed(
          "bundled: the native-loader jar has no " + resource,
          "this build carries no library for " + Platform.RESOURCE_PREFIX,
          null);
      return null;
    }
    try (stream;
        PrivateDirectory directory = PrivateDirectory.create()) {
      Path file = directory.unpack(stream, System.mapLibraryName(BUNDLED_NAME));
      return open(file.toString(), BUNDLED, "bundled " + resource);
    } catch (IOException e) {
      failed(
          "bundled: cannot unpack " + resource,
          e + " (set -D" + PrivateDirectory.PROPERTY + "= to a writable directory)",
          e);
      return null;
    }
  }

  private Located system() {
    for (String name : systemNames()) {
      Located found = open(name, SYSTEM, "system " + name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** The sonames of 2.28: the bare names exist only where the development package is installed. */
  private static List<String> systemNames() {
    if (Platform.isMac()) {
      return List.of(
          "/opt/homebrew/opt/mbedtls@2/lib/libmbedtls.14.dylib",
          "/usr/local/opt/mbedtls@2/lib/libmbedtls.14.dylib",
          "libmbedtls.14.dylib");
    }
    return Platform.isWindows() ? List.of("mbedtls") : List.of("libmbedtls.so.14");
  }

  private Located path(Path path) {
    Path absolute = path.toAbsolutePath();
    if (!Files.exists(absolute)) {
      failed("path " + absolute, "no such file or directory", null);
      return null;
    }
    if (!Files.isDirectory(absolute)) {
      return open(absolute.toString(), "path", "path " + absolute);
    }
    List<String> names = new ArrayList<>(List.of(System.mapLibraryName(BUNDLED_NAME)));
    systemNames().forEach(name -> names.add(Path.of(name).getFileName().toString()));
    for (String name : names) {
      Path file = absolute.resolve(name);
      if (Files.exists(file)) {
        return open(file.toString(), "path", "path " + file);
      }
    }
    failed("path " + absolute, "the directory holds none of " + names, null);
    return null;
  }

  private Located open(String name, String source, String label) {
    NativeLibrary library;
    try {
      library = NativeLibrary.getInstance(name, OPEN_FLAGS);
    } catch (UnsatisfiedLinkError e) {
      failed(label, explain(e), e);
      return null;
    }
    try {
      int version = library.getFunction("mbedtls_version_get_number").invokeInt(new Object[0]);
      if (version >>> 16 == 0x021C) {
        String path = source.equals(BUNDLED) ? label : library.getFile().toString();
        return new Located(library, source, path, Integer.toUnsignedLong(version));
      }
      failed(
          label,
          "is Mbed TLS "
              + (version >>> 24)
              + "."
              + (version >>> 16 & 0xFF)
              + "; only 2.28.x has the structures and functions bound here",
          null);
    } catch (UnsatisfiedLinkError e) {
      failed(label, "is not Mbed TLS (no mbedtls_version_get_number)", e);
    }
    library.close();
    return null;
  }

  private static String explain(UnsatisfiedLinkError e) {
    // JNA appends the whole class path; its first line says what the linker said.
    String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown reason");
    if (reason.contains("failed to map segment")) {
      return reason
          + " (the directory is mounted noexec: set -D"
          + PrivateDirectory.PROPERTY
          + "= to one that is not)";
    }
    if (reason.contains("ELF") || reason.contains("wrong architecture")) {
      return reason + " (built for another architecture than " + Platform.RESOURCE_PREFIX + ")";
    }
    return reason;
  }

  private void failed(String place, String reason, Throwable cause) {
    failures.add(place + ": " + reason);
    if (firstCause == null) {
      firstCause = cause;
    }
  }

  private String report(String wanted) {
    StringBuilder text =
        new StringBuilder("No usable Mbed TLS 2.28 library")
            .append(wanted.isEmpty() ? "" : " for -D" + PROPERTY + "=" + wanted)
            .append(". Tried:");
    failures.forEach(failure -> text.append("\n  - ").append(failure));
    return text.append("\nRemedy: use a native-loader jar built for this platform, or install the")
        .append(" system library (Debian/Ubuntu: apt-get install libmbedtls14; macOS: brew install")
        .append(" mbedtls@2), or name one with -D")
        .append(PROPERTY)
        .append("=/path/to/library.")
        .toString();
  }
}
