package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Exported keying material and key logs: OpenSSL has the same. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeyingMaterialOpenSslTest {
  private static final String LABEL = "EXPORTER-of-a-test";
  private static final int LENGTH = 77;

  @TempDir Path directory;
  private Path theirLog;
  private Path ourLog;

  @BeforeAll
  static void isInstalled() {
    assumeTrue(PeerProcess.installed("openssl"), "openssl is not installed");
  }

  @BeforeEach
  void logKeys() {
    theirLog = directory.resolve("theirs");
    ourLog = directory.resolve("ours");
    System.setProperty(Secrets.KEY_LOG, ourLog.toString());
  }

  @AfterEach
  void off() {
    System.clearProperty(Secrets.KEY_LOG);
  }

  private static String exported(SSLSocket socket) throws Exception {
    byte[] data =
        ((KeyingMaterialExporter) socket.getSession())
            .exportKeyingMaterialData(LABEL, null, LENGTH);
    return HexFormat.of().withUpperCase().formatHex(data);
  }

  private String[] options() {
    return new String[] {
      "-keymatexport",
      LABEL,
      "-keymatexportlen",
      Integer.toString(LENGTH),
      "-keylogfile",
      theirLog.toString()
    };
  }

  private void compareLogs() throws Exception {
    List<String> theirs =
        Files.readAllLines(theirLog).stream()
            .filter(line -> line.startsWith("CLIENT_RANDOM"))
            .map(line -> line.toLowerCase(Locale.ROOT))
            .toList();
    List<String> ours =
        Files.readAllLines(ourLog).stream().map(line -> line.toLowerCase(Locale.ROOT)).toList();
    assertEquals(1, ours.size());
    assertEquals(theirs, ours);
  }

  @Test
  void ourServer() throws Exception {
    var context = Contexts.server(Contexts.OURS, TestPki.server(Kind.EC));
    try (SSLServerSocket listener = Dialogue.listen(context, null)) {
      CompletableFuture<String> served =
          Background.call(
              () -> {
                try (SSLSocket socket = TlsPair.accept(listener)) {
                  String exported = exported(socket);
                  socket.getOutputStream().write("bye\n".getBytes(StandardCharsets.US_ASCII));
                  return exported;
                }
              });
      try (PeerProcess client = PeerPrograms.openSslClient(listener.getLocalPort(), options())) {
        String theirs = client.expect("Keying material: ([0-9A-F]{" + 2 * LENGTH + "})").group(1);
        assertEquals(theirs, Background.await(served));
      }
    }
    compareLogs();
  }

  @Test
  void ourClient() throws Exception {
    PeerProcess.writePem(directory, TestPki.server(Kind.RSA));
    try (PeerProcess server = PeerPrograms.openSslServer(directory, options())) {
      int port = PeerPrograms.port(server);
      try (SSLSocket socket = Dialogue.dial(Contexts.client(Contexts.OURS), port, null)) {
        String ours = exported(socket);
        String theirs = server.expect("Keying material: ([0-9A-F]{" + 2 * LENGTH + "})").group(1);
        assertEquals(theirs, ours);
      }
    }
    compareLogs();
  }
}
