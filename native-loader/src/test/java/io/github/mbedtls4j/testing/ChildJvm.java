package io.github.mbedtls4j.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Runs a main class in a JVM of its own, with this JVM's {@code java}, class path and choice of
 * library: for what depends on the state of a fresh JVM.
 */
public final class ChildJvm {
  private static final int TIMEOUT_SECONDS = 300;

  /**
   * How a process ended.
   *
   * @param output its standard output and error
   */
  public record Result(int exitCode, String output) {
    /**
     * Requires that the process succeeded and printed something.
     *
     * @throws AssertionError with the whole output, if not
     */
    public Result expect(String... texts) {
      return check(exitCode == 0, texts);
    }

    /**
     * Requires that the process failed and printed something.
     *
     * @throws AssertionError with the whole output, if not
     */
    public Result expectFailure(String... texts) {
      return check(exitCode != 0, texts);
    }

    private Result check(boolean exitCodeExpected, String... texts) {
      List<String> missing = Arrays.stream(texts).filter(text -> !output.contains(text)).toList();
      if (!exitCodeExpected || !missing.isEmpty()) {
        throw new AssertionError(
            "exit code " + exitCode + ", missing " + missing + " in the output:\n" + output);
      }
      return this;
    }
  }

  private final String mainClass;
  private final List<String> options = new ArrayList<>();
  private final List<String> prefix = new ArrayList<>();
  private List<String> classPath = classPath();
  private String modulePath;

  private ChildJvm(String mainClass) {
    this.mainClass = mainClass;
    // Many short runs: cheap compilation and memory; JDK 24+ warns of native access otherwise.
    options.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED"));
    String library = System.getProperty("mbedtls4j.library", "");
    if (!library.isEmpty()) {
      options.add("-Dmbedtls4j.library=" + library);
    }
  }

  /** A JVM that will run the class's main method. */
  public static ChildJvm of(Class<?> mainClass) {
    return new ChildJvm(mainClass.getName());
  }

  /** A JVM that will run a class of the JDK or of a module. */
  public static ChildJvm of(String mainClass) {
    return new ChildJvm(mainClass);
  }

  /** This JVM's class path. */
  public static List<String> classPath() {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator));
  }

  /** Elements of a class path by the beginning of their own name, wherever they lie. */
  public static Predicate<String> named(String prefix) {
    return element -> Path.of(element).getFileName().toString().startsWith(prefix);
  }

  /** A program of the JDK that runs this JVM, such as {@code keytool}. */
  public static String jdkTool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** The root directory of the project's sources. */
  public static Path projectRoot() {
    return Path.of(System.getProperty("mbedtls4j.root"));
  }

  /** Adds JVM options; the last of equal ones counts. */
  public ChildJvm with(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /** Drops elements of the class path. */
  public ChildJvm without(Predicate<String> element) {
    return withClassPath(classPath.stream().filter(element.negate()).toList());
  }

  /** Replaces the class path. */
  public ChildJvm withClassPath(List<String> elements) {
    classPath = elements;
    return this;
  }

  /** Runs the main class out of a module; the class path stays. */
  public ChildJvm withModulePath(List<String> elements) {
    modulePath = String.join(File.pathSeparator, elements);
    return this;
  }

  /** Starts the JVM through another program, such as {@code unshare}. */
  public ChildJvm through(String... command) {
    prefix.addAll(List.of(command));
    return this;
  }

  /** Runs the JVM to its end. */
  public Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    command.add(jdkTool("java"));
    command.addAll(options);
    if (modulePath != null) {
      command.addAll(List.of("-p", modulePath));
    }
    if (!classPath.isEmpty()) {
      command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath)));
    }
    if (modulePath != null && mainClass.contains("/")) {
      command.add("-m");
    }
    command.add(mainClass);
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** Runs any program to its end. */
  public static Result run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("mbedtls4j-child-", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError(command + " did not end; its output:\n" + text(output));
      }
      return new Result(process.exitValue(), text(output));
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /** Programs may speak the user's language in a charset that is not UTF-8. */
  private static String text(Path output) throws IOException {
    return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
  }
}
