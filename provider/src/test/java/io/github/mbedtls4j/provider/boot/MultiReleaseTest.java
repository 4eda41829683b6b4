package io.github.mbedtls4j.provider.boot;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.provider.MbedTlsProvider;
import io.github.mbedtls4j.testing.ChildJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;

/** What the jar has for JDK 25 alone: directories on the class path know no versions. */
class MultiReleaseTest {
  @TempDir Path directory;

  @Test
  void classesForJdk25AreThere() {
    String name = "/META-INF/versions/25/io/github/mbedtls4j/provider/internal/kdf/HkdfSpi.class";
    assertTrue(MultiReleaseTest.class.getResource(name) != null, name);
  }

  @Test
  @EnabledForJreRange(minVersion = 25)
  void hkdfThroughKdf() throws Exception {
    List<String> classPath = new ArrayList<>(List.of(jar().toString()));
    classPath.addAll(ChildJvm.classPath());
    ChildJvm.of(KdfUse.class)
        .withClassPath(classPath)
        .run()
        .expect("known answers: 9", "HKDF-SHA256", "HKDF-SHA384", "HKDF-SHA512", "ended");
  }

  private Path jar() throws Exception {
    Path classes =
        Path.of(MbedTlsProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isRegularFile(classes)) {
      return classes;
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
    Path jar = directory.resolve("provider.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        add(entries, classes.relativize(file).toString(), file);
      }
    }
    return jar;
  }

  private static void add(JarOutputStream entries, String name, Path file) throws IOException {
    if (!name.equals("META-INF/MANIFEST.MF")) {
      entries.putNextEntry(new ZipEntry(name));
      Files.copy(file, entries);
      entries.closeEntry();
    }
  }
}
