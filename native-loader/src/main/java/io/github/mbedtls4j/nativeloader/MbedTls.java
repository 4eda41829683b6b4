package io.github.mbedtls4j.nativeloader;

import io.github.mbedtls4j.nativeloader.binding.Aes;
import io.github.mbedtls4j.nativeloader.binding.LoadedLibrary;
import io.github.mbedtls4j.nativeloader.binding.Version;
import io.github.mbedtls4j.nativeloader.handle.ContextType;
import io.github.mbedtls4j.nativeloader.handle.NativeBuffer;
import java.io.IOException;
import java.util.Locale;

/**
 * The loaded Mbed TLS library: where it came from and what it can do.
 *
 * <p>All methods are safe for use by several threads.
 */
public final class MbedTls {
  /** The version as numbers. */
  public record VersionInfo(int major, int minor, int micro) {}

  private static final Object LOCK = new Object();
  private static volatile LibraryLocator.Located located;
  private static String failure;

  private MbedTls() {}

  /**
   * Opens the library, once per class loader; later calls return at once or repeat the first
   * failure.
   *
   * @throws LibraryLoadException if JNA or every candidate library fails, with the places tried
   */
  public static void load() {
    if (located != null) {
      return;
    }
    synchronized (LOCK) {
      if (located != null) {
        return;
      }
      if (failure != null) {
        throw new LibraryLoadException(failure);
      }
      try {
        open();
      } catch (LibraryLoadException e) {
        failure = e.getMessage();
        throw e;
      }
    }
  }

  private static void open() {
    try {
      JnaBoot.initialise();
    } catch (IOException | LinkageError e) {
      throw new LibraryLoadException(
          "JNA cannot be initialised: "
              + e
              + "\nRemedy: put jna-jpms on the class or module path; if its native part cannot be"
              + " unpacked, name a writable, executable directory with -D"
              + PrivateDirectory.PROPERTY
              + "=, or an unpacked copy with -Djna.boot.library.path=.",
          e);
    }
    LibraryLocator.Located candidate = LibraryLocator.locate();
    LoadedLibrary.set(candidate.library());
    ContextType.measureAll();
    // Mbed TLS detects AES-NI through unguarded statics: do it before other threads can.
    Aes.detectCpu();
    located = candidate;
  }

  private static LibraryLocator.Located loaded() {
    load();
    return located;
  }

  /** The library's own version text, such as {@code mbed TLS 2.28.3}. */
  public static String version() {
    load();
    try (NativeBuffer text = NativeBuffer.allocate(18)) {
      Version.mbedtls_version_get_string_full(text.address());
      return text.cString();
    }
  }

  /** The library's version as numbers. */
  public static VersionInfo versionInfo() {
    long number = loaded().version();
    return new VersionInfo(
        (int) (number >>> 24), (int) (number >>> 16 & 0xFF), (int) (number >>> 8 & 0xFF));
  }

  /** How the library was found: {@code bundled}, {@code system} or {@code path}. */
  public static String source() {
    return loaded().source();
  }

  /** The file or resource that the library was loaded from. */
  public static String path() {
    return loaded().path();
  }

  /**
   * Whether the library was built with a configuration option, by {@code
   * mbedtls_version_check_feature}.
   *
   * @param feature a name of {@code mbedtls/config.h}; case, the prefix {@code MBEDTLS_} and the
   *     suffix {@code _C} may be left out
   */
  public static boolean hasFeature(String feature) {
    load();
    String name = feature.toUpperCase(Locale.ROOT);
    String full = name.startsWith("MBEDTLS_") ? name : "MBEDTLS_" + name;
    return checkFeature(full) || checkFeature(full + "_C");
  }

  private static boolean checkFeature(String name) {
    try (NativeBuffer text = NativeBuffer.ofCString(name)) {
      return Version.mbedtls_version_check_feature(text.address()) == 0;
    }
  }

  /** Whether the library exports a function. */
  public static boolean hasFunction(String name) {
    load();
    return LoadedLibrary.exports(name);
  }
}
