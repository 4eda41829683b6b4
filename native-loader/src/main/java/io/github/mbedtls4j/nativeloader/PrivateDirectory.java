package io.github.mbedtls4j.nativeloader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * A directory that only this user can enter (0700), for the libraries unpacked from our jars;
 * deleted on close, which Linux and macOS allow while the libraries stay mapped.
 *
 * <p>Neither {@code Files.createTempDirectory} nor {@code File.createTempFile} is used: both ask
 * for a {@code SecureRandom}, which, with our provider at position 1, asks for this very library.
 * The name need not be secret: creating a directory fails when anything of that name exists.
 */
final class PrivateDirectory implements AutoCloseable {
  static final String PROPERTY = "mbedtls4j.tmpdir";

  private final Path directory;
  private final List<Path> files = new ArrayList<>();

  private PrivateDirectory(Path directory) {
    this.directory = directory;
  }

  /** Makes a new directory below {@code -Dmbedtls4j.tmpdir}, else {@code java.io.tmpdir}. */
  static PrivateDirectory create() throws IOException {
    Path parent = parent();
    boolean posix = Files.getFileStore(parent).supportsFileAttributeView("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
            }
            : new FileAttribute<?>[0];
    long stamp = System.nanoTime();
    for (int attempt = 0; ; attempt++) {
      String name =
          "mbedtls4j-" + ProcessHandle.current().pid() + "-" + Long.toHexString(stamp + attempt);
      try {
        return new PrivateDirectory(Files.createDirectory(parent.resolve(name), attributes));
      } catch (FileAlreadyExistsException e) {
        if (attempt >= 100) {
          throw e;
        }
      }
    }
  }

  /** The directory that new ones are made in. */
  static Path parent() {
    return Path.of(System.getProperty(PROPERTY, System.getProperty("java.io.tmpdir")))
        .toAbsolutePath();
  }

  /** Unpacks a resource under the given file name. */
  Path unpack(InputStream resource, String fileName) throws IOException {
    Path file = directory.resolve(fileName);
    files.add(file);
    try (resource) {
      Files.copy(resource, file);
    }
    return file;
  }

  private static System.Logger logger() {
    return System.getLogger(PrivateDirectory.class.getName());
  }

  Path path() {
    return directory;
  }

  @Override
  public void close() {
    try {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      // Windows and NFS keep a loaded library's file: no reason to refuse the library.
      logger().log(System.Logger.Level.DEBUG, "cannot delete " + directory, e);
    }
  }
}
