package io.github.mbedtls4j.nativeloader;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;

/**
 * Initialises JNA from a copy of its own library that we unpack.
 *
 * <p>Left to itself JNA unpacks through {@code File.createTempFile}, whose class initialiser needs
 * a {@code SecureRandom}: with our providers first in the list that recursion poisons the JVM, and
 * two threads that load our two providers at once would wait for each other for ever. A copy named
 * by {@code jna.boot.library.path} takes that step out.
 */
final class JnaBoot {
  private static final String BOOT_PATH = "jna.boot.library.path";

  private JnaBoot() {}

  /**
   * Makes JNA ready.
   *
   * @throws LibraryLoadException if JNA is missing, or its native part cannot be unpacked or loaded
   */
  static void initialise() {
    try {
      boot();
    } catch (IOException | LinkageError e) {
      throw new LibraryLoadException(
          "JNA, which mbedtls4j calls Mbed TLS through, cannot be used. Tried:\n  - "
              + reason(e)
              + "\nRemedy: "
              + remedy(e),
          e);
    }
  }

  private static String reason(Throwable e) {
    if (isMissing(e)) {
      return "class and module path: there is no JNA (" + e.getMessage() + ")";
    }
    String place =
        System.getProperty(BOOT_PATH) != null
            ? "-D" + BOOT_PATH + "=" + System.getProperty(BOOT_PATH)
            : "JNA's native part, unpacked in " + PrivateDirectory.parent();
    boolean noexec = String.valueOf(e.getMessage()).contains("failed to map segment");
    return place + ": " + e + (noexec ? " (mounted noexec)" : "");
  }

  private static String remedy(Throwable e) {
    return isMissing(e)
        ? "put jna-jpms.jar (Maven: net.java.dev.jna:jna-jpms) beside the mbedtls4j jars on the"
            + " class or module path."
        : "name a writable directory that is not mounted noexec with -D"
            + PrivateDirectory.PROPERTY
            + "=, or the directory of an unpacked "
            + nativePart()
            + " of this JNA version with -D"
            + BOOT_PATH
            + "=.";
  }

  private static boolean isMissing(Throwable e) {
    return e instanceof NoClassDefFoundError && e.getCause() instanceof ClassNotFoundException;
  }

  private static String nativePart() {
    return System.mapLibraryName("jnidispatch").replace(".dylib", ".jnilib");
  }

  private static void boot() throws IOException {
    // The property is the JVM's: our copies in other class loaders must not see each other's value.
    synchronized (Runtime.getRuntime()) {
      InputStream resource = unpacksItself() ? resource() : null;
      if (resource == null) {
        touch();
        return;
      }
      try (PrivateDirectory directory = PrivateDirectory.create()) {
        directory.unpack(resource, nativePart());
        System.setProperty(BOOT_PATH, directory.path().toString());
        try {
          touch();
        } finally {
          System.clearProperty(BOOT_PATH);
        }
      }
    }
  }

  /** Whether JNA is told nothing about where its native part is. */
  private static boolean unpacksItself() {
    return System.getProperty(BOOT_PATH) == null
        && Boolean.parseBoolean(System.getProperty("jna.nosys", "true"));
  }

  private static InputStream resource() {
    return Platform.class.getResourceAsStream(
        "/com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + nativePart());
  }

  private static void touch() {
    if (Native.POINTER_SIZE != 8) {
      throw new UnsatisfiedLinkError(
          "mbedtls4j needs a 64-bit JVM; this one has "
              + Native.POINTER_SIZE * 8
              + "-bit pointers");
    }
  }
}
