package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mbedtls4j.jsse.PeerProcess.SuiteCase;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenSSL's s_server and s_client as peers. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpenSslTest {
  @TempDir Path directory;

  @BeforeAll
  static void isInstalled() {
    assumeTrue(PeerProcess.installed("openssl"), "openssl is not installed");
  }

  static Stream<SuiteCase> suites() {
    return SuiteCase.all();
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  /** A server that sends each line back reversed. */
  private PeerProcess server(Kind kind, String... more) throws Exception {
    PeerProcess.writePem(directory, TestPki.server(kind));
    List<String> options = new ArrayList<>(List.of("-rev", "-cert_chain", file("root.pem")));
    options.addAll(List.of(more));
    return PeerPrograms.openSslServer(directory, options.toArray(String[]::new));
  }

  private PeerProcess client(Kind root, int port, String... more) throws Exception {
    PeerProcess.writePem(directory, TestPki.client(root));
    List<String> options =
        new ArrayList<>(List.of("-CAfile", file("root.pem"), "-verify_return_error"));
    options.addAll(List.of("-verify_hostname", "localhost", "-servername", "localhost"));
    options.addAll(List.of(more));
    return PeerPrograms.openSslClient(port, options.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("suites")
  void ourClient(SuiteCase suite) throws Exception {
    SSLContext context = Contexts.client(Contexts.OURS);
    try (PeerProcess server = server(suite.kind());
        SSLSocket socket = Dialogue.dial(context, PeerPrograms.port(server), suite.suite())) {
      assertEquals("olleh", Dialogue.ask(socket, "hello"));
      assertEquals(suite.suite(), socket.getSession().getCipherSuite());
      assertArrayEquals(
          TestPki.server(suite.kind()).chain, socket.getSession().getPeerCertificates());
      // A line of many records.
      String line = "0123456789".repeat(1000);
      assertEquals(new StringBuilder(line).reverse().toString(), Dialogue.ask(socket, line));
    }
  }

  @ParameterizedTest
  @MethodSource("suites")
  void ourServer(SuiteCase suite) throws Exception {
    SSLContext context = Contexts.server(Contexts.OURS, TestPki.server(suite.kind()));
    try (SSLServerSocket listener = Dialogue.listen(context, suite.suite())) {
      CompletableFuture<SSLSocket> served = Dialogue.serveLines(listener);
      try (PeerProcess client = client(suite.kind(), listener.getLocalPort())) {
        client.expect("Verify return code: 0 \\(ok\\)");
        client.type("hello");
        client.expect("you said hello");
        client.type("Q");
        assertEquals(0, client.awaitExit());
      }
      assertEquals(suite.suite(), Background.await(served).getSession().getCipherSuite());
    }
  }

  @Test
  void ourClientAuthenticates() throws Exception {
    SSLContext context = Contexts.client(Contexts.OURS, TestPki.client(Kind.EC));
    // The client's certificate is of the same root as the server's.
    PeerProcess.writePem(directory, TestPki.server(Kind.EC));
    try (PeerProcess server =
            server(Kind.EC, "-Verify", "2", "-verify_return_error", "-CAfile", file("root.pem"));
        SSLSocket socket = Dialogue.dial(context, PeerPrograms.port(server), null)) {
      assertEquals("olleh", Dialogue.ask(socket, "hello"));
      assertArrayEquals(TestPki.client(Kind.EC).chain, socket.getSession().getLocalCertificates());
      server.expect("CN = client EC|CN=client EC");
    }
  }

  @Test
  void ourClientHasNothingToAuthenticateWith() throws Exception {
    SSLContext context = Contexts.client(Contexts.OURS);
    try (PeerProcess server = server(Kind.EC, "-Verify", "2", "-verify_return_error");
        SSLSocket socket = Dialogue.dial(context, PeerPrograms.port(server), null)) {
      SSLException e = assertThrows(SSLException.class, socket::startHandshake);
      assertEquals("Received fatal alert: handshake_failure", e.getMessage());
    }
  }

  @Test
  void theirClientAuthenticates() throws Exception {
    SSLContext context = Contexts.server(Contexts.OURS, TestPki.server(Kind.RSA));
    try (SSLServerSocket listener = Dialogue.listen(context, null)) {
      listener.setNeedClientAuth(true);
      CompletableFuture<SSLSocket> served = Dialogue.serveLines(listener);
      PeerProcess.writePem(directory, TestPki.client(Kind.RSA));
      try (PeerProcess client =
          client(
              Kind.RSA,
              listener.getLocalPort(),
              "-cert",
              file("chain.pem"),
              "-key",
              file("key.pem"))) {
        client.expect("Acceptable client certificate CA names[^-]*Test Root RSA");
        client.type("hello");
        client.expect("you said hello");
        client.type("Q");
        assertEquals(0, client.awaitExit());
      }
      assertEquals(
          "CN=client RSA", Background.await(served).getSession().getPeerPrincipal().getName());
    }
  }

  @Test
  void theirClientHasNothingToAuthenticateWith() throws Exception {
    SSLContext context = Contexts.server(Contexts.OURS, TestPki.server(Kind.RSA));
    try (SSLServerSocket listener = Dialogue.listen(context, null)) {
      listener.setNeedClientAuth(true);
      CompletableFuture<SSLSocket> served = Dialogue.serveLines(listener);
      try (PeerProcess client = client(Kind.RSA, listener.getLocalPort())) {
        client.expect("alert bad certificate|alert number 42|Broken pipe|errno=");
      }
      assertInstanceOf(SSLHandshakeException.class, Background.failureOf(served));
    }
  }

  @Test
  void applicationProtocols() throws Exception {
    try (PeerProcess server = server(Kind.EC, "-alpn", "x,http/1.1");
        SSLSocket socket =
            Dialogue.dial(Contexts.client(Contexts.OURS), PeerPrograms.port(server), null)) {
      alpn(socket, "h2", "http/1.1");
      assertEquals("olleh", Dialogue.ask(socket, "hello"));
      assertEquals("http/1.1", socket.getApplicationProtocol());
    }
    SSLContext context = Contexts.server(Contexts.OURS, TestPki.server(Kind.EC));
    try (SSLServerSocket listener = Dialogue.listen(context, null)) {
      SSLParameters parameters = listener.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"x", "http/1.1"});
      listener.setSSLParameters(parameters);
      CompletableFuture<SSLSocket> served = Dialogue.serveLines(listener);
      try (PeerProcess client = client(Kind.EC, listener.getLocalPort(), "-alpn", "h2,http/1.1")) {
        client.expect("ALPN protocol: http/1.1");
        client.type("Q");
        assertEquals(0, client.awaitExit());
      }
      assertEquals("http/1.1", Background.await(served).getApplicationProtocol());
    }
  }

  private static void alpn(SSLSocket socket, String... protocols) {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
  }

  /** What our server refuses to a client without a certificate, the client must be told. */
  @Test
  void theWrongName() throws Exception {
    TestPki.Identity other = TestPki.issue(TestPki.root(Kind.EC), "CN=elsewhere", Kind.EC);
    PeerProcess.writePem(directory, other);
    try (PeerProcess server = PeerPrograms.openSslServer(directory, "-rev");
        SSLSocket socket =
            Dialogue.dial(Contexts.client(Contexts.OURS), PeerPrograms.port(server), null)) {
      assertThrows(IOException.class, socket::startHandshake);
      server.expect("alert certificate unknown");
    }
  }
}
