package io.github.mbedtls4j.jsse.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/**
 * Master secrets for programs that decrypt captured traffic, in the key log format of NSS. Written
 * if the property {@value #PROPERTY} names a file, and never otherwise.
 */
final class KeyLog {
  static final String PROPERTY = "mbedtls4j.jsse.keylog";

  private static final byte[] LABEL = "CLIENT_RANDOM ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private static final Set<OpenOption> APPEND =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** The last file that a warning told of. */
  private static String announced;

  /** The last file that could not be written. */
  private static String failed;

  private KeyLog() {}

  /** The file to write to; null for none. */
  static String file() {
    String file = System.getProperty(PROPERTY);
    return file == null || file.isEmpty() ? null : file;
  }

  /**
   * Appends the line of one connection. A failure is logged and does not concern the connection.
   *
   * @param clientRandom the connection's
   * @param masterSecret overwritten by this call
   */
  static synchronized void append(String file, byte[] clientRandom, byte[] masterSecret) {
    ByteBuffer line =
        ByteBuffer.allocate(LABEL.length + 2 * (clientRandom.length + masterSecret.length) + 2);
    try {
      if (!file.equals(announced)) {
        announced = file;
        DebugLog.LOGGER.log(
            System.Logger.Level.WARNING,
            "the secrets of TLS connections are written to {0}, as the property {1} demands: who"
                + " reads it can decrypt them",
            file,
            PROPERTY);
      }
      line.put(LABEL);
      hex(line, clientRandom);
      line.put((byte) ' ');
      hex(line, masterSecret);
      line.put((byte) '\n').flip();
      write(Path.of(file), line);
    } catch (IOException | RuntimeException e) {
      if (!file.equals(failed)) {
        failed = file;
        DebugLog.LOGGER.log(System.Logger.Level.WARNING, "cannot write the key log " + file, e);
      }
    } finally {
      Arrays.fill(masterSecret, (byte) 0);
      Arrays.fill(line.array(), (byte) 0);
    }
  }

  private static void write(Path file, ByteBuffer line) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix ? new FileAttribute<?>[] {OWNER_ONLY} : new FileAttribute<?>[0];
    try (FileChannel channel = FileChannel.open(file, APPEND, attributes)) {
      while (line.hasRemaining()) {
        channel.write(line);
      }
    }
  }

  private static void hex(ByteBuffer target, byte[] bytes) {
    for (byte b : bytes) {
      target.put(DIGITS[(b >> 4) & 0xF]).put(DIGITS[b & 0xF]);
    }
  }
}
