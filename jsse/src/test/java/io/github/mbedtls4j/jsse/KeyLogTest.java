package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key log: written where the property says, and nowhere else. */
class KeyLogTest {
  @TempDir Path directory;

  @AfterEach
  void off() {
    System.clearProperty(Secrets.KEY_LOG);
  }

  @Test
  void bothEndsLogTheSameSecret() throws Exception {
    Path file = directory.resolve("keys");
    Secrets secrets = new Secrets(Peers.pair(Contexts.OURS, Contexts.OURS, Kind.EC), file);
    assertEquals(48, secrets.masterSecret.length);
    List<String> lines = Files.readAllLines(file);
    assertEquals(2, lines.size());
    assertEquals(lines.get(0), lines.get(1));
    assertTrue(lines.get(0).matches("CLIENT_RANDOM [0-9a-f]{64} [0-9a-f]{96}"), lines.get(0));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    // More is appended, and nothing once the property is gone.
    new Secrets(Peers.pair(Contexts.OURS, Contexts.OURS, Kind.RSA), file);
    assertEquals(4, Files.readAllLines(file).size());
    Peers.connected();
    assertEquals(4, Files.readAllLines(file).size());
  }

  @Test
  void itIsToldOnce() throws Exception {
    Path file = directory.resolve("keys");
    try (LogCapture log = new LogCapture(Level.ALL)) {
      new Secrets(Peers.pair(Contexts.OURS, Contexts.OURS, Kind.EC), file);
      new Secrets(Peers.pair(Contexts.OURS, Contexts.OURS, Kind.EC), file);
      assertEquals(1, log.lines(Level.WARNING).size(), log::toString);
      assertTrue(log.lines().get(0).contains(file.toString()), log::toString);
      for (String line : Files.readAllLines(file)) {
        assertFalse(log.toString().contains(line.substring(line.length() - 96)));
      }
    }
  }

  @Test
  void connectionsDoNotDependOnIt() throws Exception {
    String missing = directory.resolve("missing").resolve("keys").toString();
    System.setProperty(Secrets.KEY_LOG, missing);
    try (LogCapture log = new LogCapture(Level.WARNING)) {
      works(Peers.connected());
      // It would be written, and it cannot be: each told once.
      assertEquals(2, log.lines().size(), log::toString);
      assertTrue(log.lines().get(1).startsWith("cannot write the key log " + missing));
    }
    System.setProperty(Secrets.KEY_LOG, directory.toString());
    works(Peers.connected());
  }

  private static void works(EnginePair pair) throws Exception {
    byte[] data = Contexts.random(100);
    assertArrayEquals(data, pair.send(pair.client, data));
  }
}
