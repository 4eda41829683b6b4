package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSL asks for another handshake, is told no_renegotiation, and gives up. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RenegotiationTest {
  private static final String RENEGOTIATE = "R";

  @TempDir Path directory;

  @BeforeAll
  static void isInstalled() {
    assumeTrue(PeerProcess.installed("openssl"), "openssl is not installed");
  }

  private static void refused(PeerProcess openSsl, CompletableFuture<?> ours) throws Exception {
    openSsl.expect("RENEGOTIATING|SSL_do_handshake");
    openSsl.expect("no renegotiation");
    SSLHandshakeException e =
        assertInstanceOf(SSLHandshakeException.class, Background.failureOf(ours));
    assertTrue(e.getMessage().contains("handshake_failure"), e.getMessage());
  }

  @Test
  void aClientAsks() throws Exception {
    try (SSLServerSocket listener =
        Dialogue.listen(Contexts.server(Contexts.OURS, TestPki.server(Kind.EC)), null)) {
      CompletableFuture<SSLSocket> served = Dialogue.serveLines(listener);
      try (PeerProcess client =
          PeerPrograms.openSslClient(listener.getLocalPort(), "-legacy_renegotiation")) {
        client.expect("Verify return code");
        client.type("hello");
        client.expect("you said hello");
        client.type(RENEGOTIATE);
        refused(client, served);
      }
    }
  }

  @Test
  void aServerAsks() throws Exception {
    PeerProcess.writePem(directory, TestPki.server(Kind.EC));
    try (PeerProcess server = PeerPrograms.openSslServer(directory)) {
      int port = PeerPrograms.port(server);
      try (SSLSocket socket = Dialogue.dial(Contexts.client(Contexts.OURS), port, null)) {
        CompletableFuture<?> read = Background.run(() -> Dialogue.ask(socket, "hello"));
        server.expect("hello");
        server.type(RENEGOTIATE);
        refused(server, read);
      }
    }
  }
}
