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
   * @throws LinkageError if JNA or its native part cannot be loaded
   * @throws IOException if its native part cannot be unpacked
   */
  static void initialise() throws IOException {
    if (System.getProperty(BOOT_PATH) != null || !Boolean.parseBoolean(nosys())) {
      touch();
      return;
    }
    String fileName = System.mapLibraryName("jnidispatch").replace(".dylib", ".jnilib");
    InputStream resource =
        Platform.class.getResourceAsStream(
            "/com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + fileName);
    if (resource == null) {
      touch();
      return;
    }
    try (PrivateDirectory directory = PrivateDirectory.create()) {
      directory.unpack(resource, fileName);
      System.setProperty(BOOT_PATH, directory.path().toString());
      try {
        touch();
      } finally {
        System.clearProperty(BOOT_PATH);
      }
    }
  }

  private static String nosys() {
    return System.getProperty("jna.nosys", "true");
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
