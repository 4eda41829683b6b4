package io.github.mbedtls4j.nativeloader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PrivateDirectoryTest {
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions")
  void onlyTheOwnerEnters() throws Exception {
    try (PrivateDirectory directory = PrivateDirectory.create()) {
      assertEquals(
          "rwx------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())));
    }
  }

  @Test
  void closingDeletesItWithItsFiles() throws Exception {
    Path path;
    byte[] content = {1, 2, 3};
    try (PrivateDirectory directory = PrivateDirectory.create()) {
      path = directory.path();
      Path file = directory.unpack(new ByteArrayInputStream(content), "a.so");
      assertArrayEquals(content, Files.readAllBytes(file));
    }
    assertFalse(Files.exists(path));
  }

  @Test
  void eachIsNew() throws Exception {
    try (PrivateDirectory first = PrivateDirectory.create();
        PrivateDirectory second = PrivateDirectory.create()) {
      assertNotEquals(first.path(), second.path());
    }
  }
}
