package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import io.github.mbedtls4j.testing.ChildJvm;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mbed TLS's own ssl_server2 and ssl_client2, built from source, as peers. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MbedTlsProgramsTest {
  private static final String REQUEST = "GET / HTTP/1.0\r\n\r\n";

  @TempDir static Path directory;

  @BeforeAll
  static void build() throws Exception {
    assumeTrue(PeerProcess.installed("gcc"), "gcc is not installed");
    Path script = ChildJvm.projectRoot().resolve("native-loader/src/main/native/build-mbedtls.sh");
    ChildJvm.Result result =
        ChildJvm.run(List.of(script.toString(), "--programs", directory.toString()));
    // The source may be out of reach: then there is nothing to build.
    assumeTrue(result.exitCode() == 0, result.output());
  }

  private static String file(String name) {
    return directory.resolve(name).toString();
  }

  /** No other program at hand has them all. */
  static Stream<String> pskSuites() {
    return Stream.of(
        "TLS_PSK_WITH_AES_128_CCM_8",
        "TLS_PSK_DHE_WITH_AES_256_CCM_8",
        "TLS_ECDHE_PSK_WITH_CAMELLIA_256_CBC_SHA384");
  }

  private PeerProcess server(String... more) throws Exception {
    return PeerProcess.serving(
        "Waiting for a remote connection", port -> command("ssl_server2", port, more));
  }

  private PeerProcess client(SSLServerSocket listener, String... more) throws Exception {
    return new PeerProcess(command("ssl_client2", listener.getLocalPort(), more));
  }

  private List<String> command(String program, int port, String... more) {
    return Stream.concat(
            Stream.of(file(program), "server_addr=127.0.0.1", "server_port=" + port),
            Stream.of(more))
        .toList();
  }

  private static CompletableFuture<SSLSocket> serveOnce(SSLServerSocket listener) {
    return Background.call(
        () -> {
          SSLSocket socket = TlsPair.accept(listener);
          assertEquals("GET / HTTP/1.0", Dialogue.reader(socket).readLine());
          socket
              .getOutputStream()
              .write("HTTP/1.0 200 OK\r\n\r\nhello\n".getBytes(StandardCharsets.US_ASCII));
          socket.close();
          return socket;
        });
  }

  @Test
  void ourClient() throws Exception {
    PeerProcess.writePem(directory, TestPki.server(Kind.EC));
    try (PeerProcess server =
        server("crt_file=" + file("chain.pem"), "key_file=" + file("key.pem"))) {
      try (SSLSocket socket = Dialogue.dial(Contexts.client(Contexts.OURS), server.port(), null)) {
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        BufferedReader reader = Dialogue.reader(socket);
        assertEquals("HTTP/1.0 200 OK", reader.readLine());
        String suite = socket.getSession().getCipherSuite();
        assertTrue(reader.lines().anyMatch(line -> line.contains(suite.replace('_', '-'))));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pskSuites")
  void ourClientWithPsk(String suite) throws Exception {
    try (PeerProcess server =
        server("psk=" + HexFormat.of().formatHex(PskPeers.KEY), "psk_identity=sensor")) {
      SSLContext context = PskPeers.context(PskKeyManager.of(PskPeers.CREDENTIAL));
      try (SSLSocket socket = Dialogue.dial(context, server.port(), suite)) {
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        assertEquals("HTTP/1.0 200 OK", Dialogue.reader(socket).readLine());
        assertEquals(suite, socket.getSession().getCipherSuite());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pskSuites")
  void ourServerWithPsk(String suite) throws Exception {
    SSLContext context = PskPeers.context(PskKeyManager.of(PskPeers.CREDENTIAL));
    try (SSLServerSocket listener = Dialogue.listen(context, suite)) {
      CompletableFuture<SSLSocket> served = serveOnce(listener);
      try (PeerProcess client =
          client(
              listener, "psk=" + HexFormat.of().formatHex(PskPeers.KEY), "psk_identity=sensor")) {
        assertEquals(0, client.awaitExit(), client::toString);
        client.expect("hello");
      }
      SSLSession session = Background.await(served).getSession();
      assertEquals(suite, session.getCipherSuite());
      assertEquals(PskIdentity.of("sensor"), session.getPeerPrincipal());
    }
  }

  @Test
  void ourServer() throws Exception {
    PeerProcess.writePem(directory, TestPki.server(Kind.RSA));
    try (SSLServerSocket listener =
        Dialogue.listen(Contexts.server(Contexts.OURS, TestPki.server(Kind.RSA)), null)) {
      CompletableFuture<SSLSocket> served = serveOnce(listener);
      try (PeerProcess client =
          client(
              listener,
              "server_name=localhost",
              "ca_file=" + file("root.pem"),
              "auth_mode=required")) {
        assertEquals(0, client.awaitExit(), client::toString);
        client.expect("Verifying peer X.509 certificate... ok");
        client.expect("hello");
      }
      assertEquals("TLSv1.2", Background.await(served).getSession().getProtocol());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void ourClientResumes(int tickets) throws Exception {
    PeerProcess.writePem(directory, TestPki.server(Kind.EC));
    try (PeerProcess server =
        server(
            "tickets=" + tickets, "crt_file=" + file("chain.pem"), "key_file=" + file("key.pem"))) {
      SSLContext context = Contexts.client(Contexts.OURS);
      SSLSession first = null;
      for (int i = 0; i < 3; i++) {
        server.expect("(?s)(Waiting for a remote connection.*){" + (i + 1) + "}");
        try (SSLSocket socket = Dialogue.dial(context, server.port(), null)) {
          socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
          assertEquals("HTTP/1.0 200 OK", Dialogue.reader(socket).readLine());
          assertSame(first == null ? socket.getSession() : first, socket.getSession());
          first = socket.getSession();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void ourServerResumes(int tickets) throws Exception {
    PeerProcess.writePem(directory, TestPki.server(Kind.RSA));
    SSLContext context = Contexts.server(Contexts.OURS, TestPki.server(Kind.RSA));
    try (SSLServerSocket listener = Dialogue.listen(context, null)) {
      CompletableFuture<Set<SSLSession>> served =
          Background.call(
              () -> {
                Set<SSLSession> sessions = new HashSet<>();
                for (int i = 0; i < 3; i++) {
                  try (SSLSocket socket = TlsPair.accept(listener)) {
                    assertEquals("GET / HTTP/1.0", Dialogue.reader(socket).readLine());
                    socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
                    sessions.add(socket.getSession());
                  }
                }
                return sessions;
              });
      try (PeerProcess client =
          client(
              listener,
              "server_name=localhost",
              "ca_file=" + file("root.pem"),
              "tickets=" + tickets,
              "reconnect=2")) {
        assertEquals(0, client.awaitExit(), client::toString);
      }
      assertEquals(1, Background.await(served).size());
    }
  }
}
