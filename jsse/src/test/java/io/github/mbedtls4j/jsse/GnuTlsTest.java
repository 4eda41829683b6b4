package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mbedtls4j.jsse.PeerProcess.SuiteCase;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** GnuTLS's command line programs as peers. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GnuTlsTest {
  static final String PRIORITY = "NORMAL:-VERS-ALL:+VERS-TLS1.2:+SHA384:+AES-256-CBC";

  @TempDir Path directory;

  static Stream<SuiteCase> suites() {
    return SuiteCase.all();
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  @ParameterizedTest
  @MethodSource("suites")
  void ourClient(SuiteCase suite) throws Exception {
    assumeTrue(PeerProcess.installed("gnutls-serv"), "gnutls-serv is not installed");
    PeerProcess.writePem(directory, TestPki.server(suite.kind()));
    try (PeerProcess server = PeerPrograms.gnuTlsServer(directory, PRIORITY)) {
      SSLContext context = Contexts.client(Contexts.OURS);
      try (SSLSocket socket = Dialogue.dial(context, server.port(), suite.suite())) {
        assertEquals("hello", Dialogue.ask(socket, "hello"));
        assertEquals(suite.suite(), socket.getSession().getCipherSuite());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("suites")
  void ourServer(SuiteCase suite) throws Exception {
    assumeTrue(PeerProcess.installed("gnutls-cli"), "gnutls-cli is not installed");
    PeerProcess.writePem(directory, TestPki.server(suite.kind()));
    SSLContext context = Contexts.server(Contexts.OURS, TestPki.server(suite.kind()));
    try (SSLServerSocket listener = Dialogue.listen(context, suite.suite())) {
      CompletableFuture<SSLSocket> served = Dialogue.serveLines(listener);
      try (PeerProcess client =
          new PeerProcess(
              "gnutls-cli",
              "--port=" + listener.getLocalPort(),
              "--priority=" + PRIORITY,
              "--x509cafile=" + file("root.pem"),
              "--verify-hostname=localhost",
              "127.0.0.1")) {
        client.expect("Handshake was completed");
        client.type("hello");
        client.expect("you said hello");
        // The end of its input makes it say goodbye.
        assertEquals(0, client.awaitExit());
      }
      assertEquals(suite.suite(), Background.await(served).getSession().getCipherSuite());
    }
  }
}
