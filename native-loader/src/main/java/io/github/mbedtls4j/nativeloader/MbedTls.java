package io.github.mbedtls4j.nativeloader;

import com.sun.jna.Native;
import io.github.mbedtls4j.nativeloader.binding.Aes;
import io.github.mbedtls4j.nativeloader.binding.LoadedLibrary;
import io.github.mbedtls4j.nativeloader.binding.Version;
import io.github.mbedtls4j.nativeloader.handle.ContextType;
import io.github.mbedtls4j.nativeloader.handle.NativeBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The loaded Mbed TLS library: where it came from and what it can do.
 *
 * <p>All methods are safe for use by several threads.
 */
public final class MbedTls {
  /** The version as numbers. */
  public record VersionInfo(int major, int minor, int micro) {}

  private static final Object LOCK = new Object();
  private static final AtomicBoolean WARNED = new AtomicBoolean();
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
        located = open();
      } catch (LibraryLoadException e) {
        failure = e.getMessage();
        throw e;
      }
    }
  }

  /**
   * As {@link #load}, for the constructor of a provider: the JDK drops a configured provider whose
   * constructor fails without a word, so the first failure is logged as a warning too.
   *
   * @param provider the provider's name
   */
  public static void loadFor(String provider) {
    try {
      load();
    } catch (LibraryLoadException e) {
      if (WARNED.compareAndSet(false, true)) {
        warn(provider, e.getMessage());
      }
      throw e;
    }
  }

  private static void warn(String provider, String reason) {
    try {
      System.getLogger(MbedTls.class.getPackageName())
          .log(
              System.Logger.Level.WARNING,
              "The security provider " + provider + " has no services: " + reason);
    } catch (RuntimeException | LinkageError e) {
      // A broken logger must not keep the JDK from trying the next provider.
      System.err.println("mbedtls4j: " + reason);
    }
  }

  private static LibraryLocator.Located open() {
    JnaBoot.initialise();
    LibraryLocator.Located candidate = LibraryLocator.locate();
    try {
      LoadedLibrary.set(candidate.library());
      ContextType.measureAll();
      // Mbed TLS detects AES-NI through unguarded statics: do it before other threads can.
      Aes.detectCpu();
    } catch (RuntimeException | LinkageError e) {
      throw new LibraryLoadException(
          "The Mbed TLS library "
              + candidate.path()
              + " cannot be used: "
              + e
              + "\nRemedy: name another build of Mbed TLS 2.28 with -D"
              + LibraryLocator.PROPERTY
              + "=/path/to/library.",
          e);
    }
    return candidate;
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

  /** The places that were tried before {@link #path}, each with the reason why it did not do. */
  public static List<String> failedAttempts() {
    return loaded().failures();
  }

  /** The version of JNA and of its native part. */
  public static String jnaVersion() {
    load();
    return Native.VERSION + " (native " + Native.VERSION_NATIVE + ")";
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
