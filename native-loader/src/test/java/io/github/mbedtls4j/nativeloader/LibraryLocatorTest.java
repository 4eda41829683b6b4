package io.github.mbedtls4j.nativeloader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Platform;
import io.github.mbedtls4j.testing.ChildJvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Each way to find the library, and each way to fail, in a JVM of its own. */
@EnabledOnOs(OS.LINUX)
class LibraryLocatorTest {
  private static final String BUNDLED = "/" + Platform.RESOURCE_PREFIX + "/libmbedtls4j.so";

  @TempDir Path directory;
  private Path temp;

  @BeforeEach
  void ownTempDirectory() throws IOException {
    temp = Files.createDirectory(directory.resolve("tmp"));
  }

  private ChildJvm load(String library) {
    return ChildJvm.of(LoadProbe.class)
        .with("-Dmbedtls4j.library=" + library, "-Djava.io.tmpdir=" + temp);
  }

  private void assumeBundled() {
    assumeTrue(
        LibraryLocator.class.getResource(BUNDLED) != null, "this build has no bundled library");
  }

  private void assumeSystem() throws IOException, InterruptedException {
    assumeTrue(load("system").run().exitCode() == 0, "libmbedtls14 is not installed");
  }

  private ChildJvm.Result fails(String library, String... texts)
      throws IOException, InterruptedException {
    ChildJvm.Result result = load(library).run();
    result.expectFailure(texts).expectFailure("Tried:\n  - ", "\nRemedy: ", "repeated: true");
    assertFalse(result.output().contains("\tat "), result.output());
    return result;
  }

  @Test
  void bundledIsUnpackedAndLeavesNothing() throws Exception {
    assumeBundled();
    load("bundled").run().expect("source: bundled", "path: " + BUNDLED, "exports MD: true");
    load("bundled").run().expect("left: 0", "boot path: null");
    try (Stream<Path> left = Files.list(temp)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void unsetMeansBundledFirst() throws Exception {
    assumeBundled();
    load("").run().expect("source: bundled", "failed: []");
  }

  @Test
  void systemLibraryIsFoundByItsSoname() throws Exception {
    assumeSystem();
    load("system").run().expect("source: system", "libmbedtls.so.", "exports MD: true");
  }

  @Test
  void withoutBundleTheSystemLibraryServes() throws Exception {
    assumeSystem();
    load("")
        .withClassPath(withoutBundle())
        .run()
        .expect("source: system", "failed: [bundled", "has no " + BUNDLED);
  }

  @Test
  void withoutBundleBundledFails() throws Exception {
    load("bundled")
        .withClassPath(withoutBundle())
        .run()
        .expectFailure("has no " + BUNDLED, "Remedy: ", "repeated: true");
  }

  @Test
  void pathOfFile() throws Exception {
    Path library = bundledCopy();
    load(library.toString()).run().expect("source: path", "path: " + library);
  }

  @Test
  void pathOfDirectory() throws Exception {
    Path library = bundledCopy();
    load(library.getParent().toString()).run().expect("source: path", "path: " + library);
  }

  @Test
  void directoryWithoutLibrary() throws Exception {
    fails(
        temp.toString(),
        temp + ": the directory holds none of [libmbedtls4j.so, libmbedtls.so.14]");
  }

  @Test
  void nonexistentPath() throws Exception {
    fails("/nonexistent/library.so", "/nonexistent/library.so: no such file or directory");
  }

  @Test
  void otherArchitecture() throws Exception {
    Path library = bundledCopy();
    byte[] elf = Files.readAllBytes(library);
    int machineAt = 18;
    elf[machineAt] = (byte) (elf[machineAt] == 62 ? 183 : 62);
    Files.write(library, elf);
    fails(library.toString(), "built for another architecture than " + Platform.RESOURCE_PREFIX);
  }

  @Test
  void other32BitArchitecture() throws Exception {
    Path library = bundledCopy();
    byte[] elf = Files.readAllBytes(library);
    int classAt = 4;
    elf[classAt] = 1;
    Files.write(library, elf);
    fails(library.toString(), "built for another architecture than " + Platform.RESOURCE_PREFIX);
  }

  @Test
  void textFile() throws Exception {
    Path text = Files.writeString(directory.resolve("text.so"), "no library\n".repeat(100));
    fails(text.toString(), text + ": invalid ELF header (not a shared library)");
  }

  @Test
  void anotherLibrary() throws Exception {
    Path library = Path.of(System.getProperty("java.home"), "lib", "libzip.so");
    fails(library.toString(), "is not Mbed TLS (no mbedtls_version_get_number)");
  }

  @Test
  void otherVersion() throws Exception {
    Path library = compile("unsigned mbedtls_version_get_number(void) { return 0x03060700; }");
    fails(library.toString(), library + ": is Mbed TLS 3.6; only 2.28.x");
  }

  @Test
  void rightVersionOfNothingElse() throws Exception {
    Path library = compile("unsigned mbedtls_version_get_number(void) { return 0x021c0300; }");
    load(library.toString())
        .run()
        .expectFailure(library.toString(), "cannot be used", "Remedy: ", "repeated: true");
  }

  @Test
  void unwritableTempDirectory() throws Exception {
    load("bundled")
        .with("-Djava.io.tmpdir=/proc")
        .run()
        .expectFailure("/proc", "Tried:", "Remedy: ", "-Dmbedtls4j.tmpdir=", "repeated: true");
  }

  @Test
  void unwritableTempDirectoryButOneGiven() throws Exception {
    assumeBundled();
    load("bundled")
        .with("-Djava.io.tmpdir=/proc", "-Dmbedtls4j.tmpdir=" + temp)
        .run()
        .expect("source: bundled");
  }

  @Test
  void unwritableTempDirectoryAndJnaElsewhere() throws Exception {
    assumeBundled();
    load("bundled")
        .with("-Djava.io.tmpdir=/proc", "-Djna.boot.library.path=" + unpackedJna())
        .run()
        .expectFailure("bundled: cannot unpack", "-Dmbedtls4j.tmpdir=", "repeated: true");
  }

  @Test
  void noexecTempDirectory() throws Exception {
    assumeBundled();
    Path mount = Files.createDirectory(directory.resolve("noexec"));
    String[] mounted = {
      "unshare", "-rm", "sh", "-c", "mount -t tmpfs -o noexec tmpfs \"$0\" && exec \"$@\"",
    };
    List<String> probe = new ArrayList<>(Arrays.asList(mounted));
    probe.addAll(List.of(mount.toString(), "true"));
    assumeTrue(
        Files.exists(Path.of("/usr/bin/unshare")) && ChildJvm.run(probe).exitCode() == 0,
        "a noexec file system cannot be mounted here (no user name spaces)");

    load("bundled")
        .with("-Djava.io.tmpdir=" + mount, "-Djna.boot.library.path=" + unpackedJna())
        .through(mounted)
        .through(mount.toString())
        .run()
        .expectFailure("mounted noexec: set -Dmbedtls4j.tmpdir=", "repeated: true");
    load("bundled")
        .with("-Djava.io.tmpdir=" + mount, "-Duser.home=" + mount)
        .through(mounted)
        .through(mount.toString())
        .run()
        .expectFailure("JNA", mount.toString(), "noexec", "-Dmbedtls4j.tmpdir=", "repeated: true");
  }

  @Test
  void jnaMissing() throws Exception {
    load("bundled")
        .without(ChildJvm.named("jna"))
        .run()
        .expectFailure("there is no JNA", "jna-jpms", "repeated: true");
  }

  @Test
  void jnaInitialisedBefore() throws Exception {
    load("").run("JNA first").expect("JNA first: 8", "exports MD: true");
  }

  @Test
  void jnaFromGivenDirectory() throws Exception {
    Path jna = unpackedJna();
    load("")
        .with("-Djna.boot.library.path=" + jna)
        .run()
        .expect("JNA from: " + jna, "boot path: " + jna, "exports MD: true");
  }

  private Path bundledCopy() throws IOException {
    assumeBundled();
    return copy(BUNDLED, Files.createDirectory(directory.resolve("copy")));
  }

  private Path unpackedJna() throws IOException {
    Path target = Files.createDirectories(directory.resolve("jna"));
    if (Files.notExists(target.resolve("libjnidispatch.so"))) {
      copy("/com/sun/jna/" + Platform.RESOURCE_PREFIX + "/libjnidispatch.so", target);
    }
    return target;
  }

  private static Path copy(String resource, Path target) throws IOException {
    Path file = target.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    try (InputStream stream = LibraryLocator.class.getResourceAsStream(resource)) {
      Files.copy(Objects.requireNonNull(stream, resource), file);
    }
    return file;
  }

  private List<String> withoutBundle() throws IOException {
    List<String> classPath = new ArrayList<>();
    for (String element : ChildJvm.classPath()) {
      Path path = Path.of(element);
      boolean hasBundle = Files.exists(path.resolve(BUNDLED.substring(1)));
      classPath.add(hasBundle ? copyOfClasses(path).toString() : element);
    }
    return classPath;
  }

  private Path copyOfClasses(Path classes) throws IOException {
    Path copy = Files.createDirectory(directory.resolve("classes"));
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".class")).toList()) {
        Path target = copy.resolve(classes.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return copy;
  }

  private Path compile(String code) throws IOException, InterruptedException {
    assumeTrue(Files.exists(Path.of("/usr/bin/gcc")), "no gcc");
    Path source = Files.writeString(directory.resolve("fake.c"), code);
    Path library = directory.resolve("fake.so");
    ChildJvm.run(List.of("gcc", "-shared", "-fPIC", "-o", library.toString(), source.toString()))
        .expect();
    return library;
  }
}
