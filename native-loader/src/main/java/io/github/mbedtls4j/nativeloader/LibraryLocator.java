package io.github.mbedtls4j.nativeloader;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds and opens the Mbed TLS library that {@code -Dmbedtls4j.library} asks for. */
final class LibraryLocator {
  /** {@code bundled}, {@code system}, or the path of a library or of a directory with one. */
  static final String PROPERTY = "mbedtls4j.library";

  /**
   * An opened library and where it came from.
   *
   * @param failures the places tried before, each with the reason
   */
  record Located(
      NativeLibrary library, String source, String path, long version, List<String> failures) {}

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
      found = path(wanted);
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
      return open(file.toString(), BUNDLED, resource);
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
      Located found = open(name, SYSTEM, name);
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

  private Located path(String wanted) {
    Path absolute;
    try {
      absolute = Path.of(wanted).toAbsolutePath();
    } catch (InvalidPathException e) {
      failed("path " + wanted, e.getReason(), e);
      return null;
    }
    if (!Files.exists(absolute)) {
      failed("path " + absolute, "no such file or directory", null);
      return null;
    }
    if (!Files.isDirectory(absolute)) {
      return open(absolute.toString(), "path", absolute.toString());
    }
    List<String> names = new ArrayList<>(List.of(System.mapLibraryName(BUNDLED_NAME)));
    systemNames().forEach(name -> names.add(Path.of(name).getFileName().toString()));
    for (String name : names) {
      Path file = absolute.resolve(name);
      if (Files.exists(file)) {
        return open(file.toString(), "path", file.toString());
      }
    }
    failed("path " + absolute, "the directory holds none of " + names, null);
    return null;
  }

  private Located open(String name, String source, String place) {
    String label = source + " " + place;
    NativeLibrary library;
    try {
      library = NativeLibrary.getInstance(name, OPEN_FLAGS);
    } catch (UnsatisfiedLinkError e) {
      failed(label, explain(name, e), e);
      return null;
    }
    try {
      int version = library.getFunction("mbedtls_version_get_number").invokeInt(new Object[0]);
      if (version >>> 16 == 0x021C) {
        String path = source.equals(SYSTEM) ? mappedFile(library, name) : place;
        return new Located(
            library, source, path, Integer.toUnsignedLong(version), List.copyOf(failures));
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

  /** The file that the linker found for a bare name, where the system tells. */
  private static String mappedFile(NativeLibrary library, String name) {
    try {
      long address = Pointer.nativeValue(library.getGlobalVariableAddress("mbedtls_ssl_init"));
      for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
        String[] range = line.substring(0, line.indexOf(' ')).split("-", 2);
        if (address >= Long.parseUnsignedLong(range[0], 16)
            && address < Long.parseUnsignedLong(range[1], 16)) {
          return line.substring(line.indexOf('/'));
        }
      }
    } catch (IOException | RuntimeException | UnsatisfiedLinkError e) {
      // Not Linux: the name has to do.
    }
    return name;
  }

  private static String explain(String name, UnsatisfiedLinkError e) {
    // JNA's message: a heading, what the linker said to each attempt, the whole class path.
    String said =
        String.valueOf(e.getMessage())
            .lines()
            .filter(line -> !line.startsWith("Unable to load library"))
            .filter(line -> !line.startsWith("Native library ("))
            .map(line -> line.startsWith(name + ": ") ? line.substring(name.length() + 2) : line)
            .distinct()
            .collect(Collectors.joining("; "));
    return said + hint(name, said);
  }

  private static String hint(String name, String said) {
    if (said.contains("failed to map segment")) {
      return " (the directory is mounted noexec: set -D"
          + PrivateDirectory.PROPERTY
          + "= to one that is not)";
    }
    if (said.contains("invalid ELF header") || said.contains("file too short")) {
      return " (not a shared library)";
    }
    // glibc calls a file for another CPU missing.
    boolean otherCpu = said.startsWith("cannot open") && Files.exists(Path.of(name));
    if (otherCpu || said.contains("wrong ELF class") || said.contains("architecture")) {
      return " (built for another architecture than " + Platform.RESOURCE_PREFIX + ")";
    }
    return "";
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
