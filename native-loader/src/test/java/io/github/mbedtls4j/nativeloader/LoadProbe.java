package io.github.mbedtls4j.nativeloader;

import com.sun.jna.Native;
import io.github.mbedtls4j.nativeloader.binding.LoadedLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Main of child JVMs: loads the library and says how that went. */
final class LoadProbe {
  private LoadProbe() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length > 0) {
      System.out.println("JNA first: " + Native.POINTER_SIZE);
    }
    try {
      MbedTls.load();
    } catch (LibraryLoadException e) {
      System.out.println(e.getMessage());
      System.out.println("repeated: " + repeats(e.getMessage()));
      System.exit(3);
    }
    System.out.println("source: " + MbedTls.source());
    System.out.println("path: " + MbedTls.path());
    System.out.println("version: " + MbedTls.version());
    System.out.println("failed: " + MbedTls.failedAttempts());
    System.out.println("JNA from: " + System.getProperty("jnidispatch.path"));
    System.out.println("boot path: " + System.getProperty("jna.boot.library.path"));
    System.out.println("exports MD: " + LoadedLibrary.exports("mbedtls_md"));
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      System.out.println(
          "left: "
              + files
                  .filter(file -> file.getFileName().toString().startsWith("mbedtls4j-"))
                  .count());
    }
  }

  private static boolean repeats(String message) {
    try {
      MbedTls.load();
      return false;
    } catch (LibraryLoadException e) {
      return e.getMessage().equals(message);
    }
  }
}
