package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import io.github.mbedtls4j.nativeloader.binding.Debug;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The debug log: what it tells, and what it must not. */
class DebugLogTest {
  private static final String PROPERTY = "mbedtls4j.jsse.debug";
  private static final String DATA = "what the two have to say to each other";

  @TempDir Path directory;

  @AfterEach
  void off() {
    System.clearProperty(PROPERTY);
    Debug.mbedtls_debug_set_threshold(0);
  }

  /** Two handshakes' worth of everything that can be logged, with the library at its loudest. */
  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLSv1.2, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLSv1.2, TLS_RSA_WITH_AES_128_CBC_SHA",
    "TLSv1, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"
  })
  @Tag("disabledByDefault")
  void noSecrets(String protocol, String suite) throws Exception {
    System.setProperty(PROPERTY, "all");
    try (LogCapture log = new LogCapture(Level.ALL)) {
      EnginePair pair = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.RSA);
      for (SSLEngine engine : List.of(pair.client, pair.server)) {
        engine.setEnabledProtocols(new String[] {protocol});
        engine.setEnabledCipherSuites(new String[] {suite});
      }
      // As somebody else in the process might do.
      Runnable loudest = () -> Debug.mbedtls_debug_set_threshold(4);
      Secrets secrets = new Secrets(pair, directory.resolve("keys"), loudest);
      pair.send(pair.client, DATA.getBytes(StandardCharsets.US_ASCII));
      assertTrue(log.toString().contains("handshake finished: " + protocol + ", " + suite));
      assertTrue(log.toString().contains("ssl_cli.c:"), log::toString);
      assertTrue(log.toString().contains("=> write client hello"), log::toString);
      assertFalse(log.toString().contains("dumping"), log::toString);
      assertFalse(log.toString().contains("value of"), log::toString);
      assertFalse(log.toString().contains("0x7"), "addresses: " + log);
      lacks(log, secrets.masterSecret);
      lacks(log, secrets.keyBlock(128));
      lacks(log, secrets.clientRandom);
      lacks(log, DATA.getBytes(StandardCharsets.US_ASCII));
      assertFalse(log.toString().contains(DATA.substring(0, 8)));
    }
  }

  /** No 8 bytes of a secret are in the log, however they may be written as hexadecimal digits. */
  private static void lacks(LogCapture log, byte[] secret) {
    String digits = log.toString().toLowerCase(Locale.ROOT).replaceAll("[^0-9a-f]", "");
    for (int at = 0; at + 8 <= secret.length; at += 8) {
      String part = HexFormat.of().formatHex(Arrays.copyOfRange(secret, at, at + 8));
      assertFalse(digits.contains(part), log::toString);
    }
  }

  @Test
  void theTestAboveWouldSeeASecret() throws Exception {
    byte[] secret = Contexts.random(48);
    try (LogCapture log = new LogCapture(Level.ALL)) {
      String dump = HexFormat.ofDelimiter(" ").formatHex(secret);
      System.getLogger("io.github.mbedtls4j.jsse").log(System.Logger.Level.TRACE, dump);
      assertThrows(AssertionError.class, () -> lacks(log, secret));
    }
  }

  @Test
  void levelsAndParts() throws Exception {
    System.setProperty(PROPERTY, "ssl");
    try (LogCapture log = new LogCapture(Level.ALL)) {
      Peers.connected();
      assertEquals(List.of(), log.lines(Level.FINER));
      assertEquals(1, log.lines(Level.INFO).size(), log::toString);
      assertTrue(log.lines(Level.INFO).get(0).startsWith(PROPERTY + "=ssl: "), log::toString);
      List<String> lines = log.lines(Level.FINE);
      assertTrue(
          lines.get(0).contains("client handshake with localhost:443, [TLSV1_2]"), lines::toString);
      assertTrue(lines.stream().anyMatch(line -> line.contains("done: SERVER_HELLO")));
      assertEquals(2, lines.stream().filter(line -> line.contains("handshake finished")).count());
    }
    System.setProperty(PROPERTY, "record,mbedtls");
    try (LogCapture log = new LogCapture(Level.FINER)) {
      EnginePair pair = Peers.connected();
      pair.send(pair.client, new byte[100]);
      List<String> lines = log.lines(Level.FINER);
      assertTrue(lines.stream().anyMatch(line -> line.contains("sent handshake, ")));
      assertTrue(lines.stream().anyMatch(line -> line.contains("received change_cipher_spec, 6")));
      assertTrue(
          lines.stream().anyMatch(line -> line.contains("sent application_data, 129 bytes")),
          lines::toString);
      assertTrue(lines.stream().anyMatch(line -> line.contains("ssl_srv.c:")));
      assertEquals(List.of(), log.lines(Level.FINE));
    }
  }

  @Tag("disabledByDefault")
  @Test
  void failuresAreTold() throws Exception {
    System.setProperty(PROPERTY, "handshake");
    try (LogCapture log = new LogCapture(Level.FINE)) {
      EnginePair pair = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.EC);
      pair.server.setEnabledProtocols(new String[] {"TLSv1.1"});
      pair.client.setEnabledProtocols(new String[] {"TLSv1"});
      for (SSLEngine engine : List.of(pair.client, pair.server)) {
        engine.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"});
      }
      Peers.run(pair);
      List<String> lines = log.lines(Level.FINE);
      assertTrue(
          lines.stream().anyMatch(line -> line.contains("failed, alert protocol_version: ")),
          lines::toString);
      assertTrue(
          lines.stream().anyMatch(line -> line.contains("Received fatal alert: protocol_version")),
          lines::toString);
    }
  }

  @Test
  void offMeansSilent() throws Exception {
    try (LogCapture log = new LogCapture(Level.ALL)) {
      Peers.connected();
      assertEquals(List.of(), log.lines());
      // The library has nobody to call then.
      Debug.mbedtls_debug_set_threshold(4);
      Peers.connected();
      assertEquals(List.of(), log.lines());
      System.setProperty(PROPERTY, "all");
    }
    try (LogCapture log = new LogCapture(Level.WARNING)) {
      Peers.connected();
      assertEquals(List.of(), log.lines());
    }
  }
}
