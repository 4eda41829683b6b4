package io.github.mbedtls4j.provider.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The command {@code openssl}. */
final class OpenSsl {
  private OpenSsl() {}

  /** Skips tests where the command is not installed. */
  static void require() {
    boolean found =
        Arrays.stream(System.getenv("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "openssl")));
    assumeTrue(found, "openssl is not installed");
  }

  /**
   * What the command prints.
   *
   * @param arguments separated by spaces
   */
  static byte[] run(byte[] input, String arguments) throws IOException, InterruptedException {
    String[] command = ("openssl " + arguments).split(" ", -1);
    Path errors = Files.createTempFile("openssl", ".txt");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    try (OutputStream in = process.getOutputStream()) {
      // Some commands have no use for it.
      in.write(input);
    } catch (IOException e) {
      assertEquals(0, input.length);
    }
    byte[] output = process.getInputStream().readAllBytes();
    // It ends soon after its output.
    assertEquals(
        0,
        process.waitFor(),
        () -> arguments + ": " + new String(output, StandardCharsets.ISO_8859_1) + read(errors));
    Files.delete(errors);
    return output;
  }

  static byte[] run(String arguments) throws IOException, InterruptedException {
    return run(new byte[0], arguments);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
