package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mbedtls4j.jsse.PeerProcess.SuiteCase;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Resumption with OpenSSL and GnuTLS as peers. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ResumptionProgramsTest {
  @TempDir Path directory;

  /** An AEAD suite, and a CBC one: encrypt-then-MAC goes on with the session. */
  static Stream<Arguments> cases() {
    return SuiteCase.all()
        .filter(suite -> suite.suite().contains("ECDHE_ECDSA") || suite.suite().endsWith("_SHA"))
        .flatMap(suite -> Stream.of(Arguments.of(suite, true), Arguments.of(suite, false)));
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  /** Arguments, with one more to switch tickets off. */
  private static String[] arguments(boolean tickets, String noTickets, String... more) {
    return Stream.concat(Stream.of(more), tickets ? Stream.of() : Stream.of(noTickets))
        .toArray(String[]::new);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void openSslServer(SuiteCase suite, boolean tickets) throws Exception {
    assumeTrue(PeerProcess.installed("openssl"), "openssl is not installed");
    PeerProcess.writePem(directory, TestPki.server(suite.kind()));
    try (PeerProcess server =
        PeerPrograms.openSslServer(directory, arguments(tickets, "-no_ticket", "-rev"))) {
      int port = PeerPrograms.port(server);
      checkOurClient(port, suite, "olleh");
    }
  }

  /** It sends an empty session id and no ticket. */
  @Test
  void aServerWithoutSessions() throws Exception {
    assumeTrue(PeerProcess.installed("openssl"), "openssl is not installed");
    PeerProcess.writePem(directory, TestPki.server(Kind.EC));
    try (PeerProcess server =
        PeerPrograms.openSslServer(directory, "-no_ticket", "-no_cache", "-rev")) {
      int port = PeerPrograms.port(server);
      SSLContext context = Contexts.client(Contexts.OURS);
      SSLSession before = null;
      for (int i = 0; i < 2; i++) {
        try (SSLSocket socket = Dialogue.dial(context, port, null)) {
          assertEquals("olleh", Dialogue.ask(socket, "hello"));
          SSLSession session = socket.getSession();
          assertTrue(session.isValid());
          assertEquals(32, session.getId().length);
          assertNotSame(before, session);
          before = session;
        }
      }
      assertEquals(0, Resumed.count(context.getClientSessionContext()));
    }
  }

  private static void checkOurClient(int port, SuiteCase suite, String answer) throws Exception {
    SSLContext context = Contexts.client(Contexts.OURS);
    SSLSession first = null;
    for (int i = 0; i < 3; i++) {
      try (SSLSocket socket = Dialogue.dial(context, port, suite.suite())) {
        assertEquals(answer, Dialogue.ask(socket, "hello"));
        SSLSession session = socket.getSession();
        assertSame(first == null ? session : first, session);
        assertEquals(suite.suite(), session.getCipherSuite());
        assertTrue(session.getId().length > 0);
        first = session;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void openSslClient(SuiteCase suite, boolean tickets) throws Exception {
    assumeTrue(PeerProcess.installed("openssl"), "openssl is not installed");
    PeerProcess.writePem(directory, TestPki.server(suite.kind()));
    SSLContext context = Contexts.server(Contexts.OURS, TestPki.server(suite.kind()));
    try (SSLServerSocket listener = Dialogue.listen(context, suite.suite())) {
      openSslClient(listener, tickets, "New, TLSv1", "-sess_out");
      for (int i = 0; i < 2; i++) {
        openSslClient(listener, tickets, "Reused, TLSv1", "-sess_in");
      }
      assertEquals(1, Resumed.count(context.getServerSessionContext()));
    }
  }

  private void openSslClient(
      SSLServerSocket listener, boolean tickets, String expected, String option) throws Exception {
    String[] options =
        arguments(
            tickets,
            "-no_ticket",
            "-servername",
            "localhost",
            "-CAfile",
            file("root.pem"),
            option,
            file("session.pem"));
    CompletableFuture<SSLSocket> served = Dialogue.serveLines(listener);
    try (PeerProcess client = PeerPrograms.openSslClient(listener.getLocalPort(), options)) {
      client.expect(expected);
      client.type("hello");
      client.expect("you said hello");
      client.type("Q");
      assertEquals(0, client.awaitExit());
    }
    Background.await(served);
  }

  /** Six connections of one process. */
  @ParameterizedTest
  @MethodSource("cases")
  void openSslReconnects(SuiteCase suite, boolean tickets) throws Exception {
    assumeTrue(PeerProcess.installed("openssl"), "openssl is not installed");
    SSLContext context = Contexts.server(Contexts.OURS, TestPki.server(suite.kind()));
    try (SSLServerSocket listener = Dialogue.listen(context, suite.suite())) {
      CompletableFuture<Void> served =
          Background.run(
              () -> {
                for (int i = 0; i < 6; i++) {
                  try (SSLSocket socket = TlsPair.accept(listener)) {
                    socket.getInputStream().read();
                  }
                }
              });
      String[] options = arguments(tickets, "-no_ticket", "-reconnect");
      try (PeerProcess client = PeerPrograms.openSslClient(listener.getLocalPort(), options)) {
        client.expect("New, TLSv1(?s:.*Reused, TLSv1){5}");
        client.type("Q");
        client.awaitExit();
      }
      Background.await(served);
      assertEquals(1, Resumed.count(context.getServerSessionContext()));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gnuTlsServer(SuiteCase suite, boolean tickets) throws Exception {
    assumeTrue(PeerProcess.installed("gnutls-serv"), "gnutls-serv is not installed");
    PeerProcess.writePem(directory, TestPki.server(suite.kind()));
    try (PeerProcess server =
        PeerPrograms.gnuTlsServer(
            directory, GnuTlsTest.PRIORITY, arguments(tickets, "--noticket"))) {
      checkOurClient(server.port(), suite, "hello");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gnuTlsClient(SuiteCase suite, boolean tickets) throws Exception {
    assumeTrue(PeerProcess.installed("gnutls-cli"), "gnutls-cli is not installed");
    PeerProcess.writePem(directory, TestPki.server(suite.kind()));
    SSLContext context = Contexts.server(Contexts.OURS, TestPki.server(suite.kind()));
    try (SSLServerSocket listener = Dialogue.listen(context, suite.suite())) {
      CompletableFuture<Void> served =
          Background.run(
              () -> {
                for (int i = 0; i < 2; i++) {
                  try (SSLSocket socket = TlsPair.accept(listener)) {
                    BufferedReader lines = Dialogue.reader(socket);
                    while (lines.readLine() != null) {
                      socket.getOutputStream().write('\n');
                    }
                  }
                }
              });
      String[] command =
          arguments(
              tickets,
              "--noticket",
              "gnutls-cli",
              "--resume",
              "--port=" + listener.getLocalPort(),
              "--priority=" + GnuTlsTest.PRIORITY,
              "--x509cafile=" + file("root.pem"),
              "--verify-hostname=localhost",
              "127.0.0.1");
      try (PeerProcess client = new PeerProcess(command)) {
        client.expect("This is a resumed session");
        client.awaitExit();
      }
      Background.await(served);
      assertEquals(1, Resumed.count(context.getServerSessionContext()));
    }
  }
}
