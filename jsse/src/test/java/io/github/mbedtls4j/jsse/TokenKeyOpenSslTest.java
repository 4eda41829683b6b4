package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mbedtls4j.jsse.PeerProcess.SuiteCase;
import io.github.mbedtls4j.jsse.TestPki.Identity;
import java.net.Socket;
import java.nio.file.Path;
import java.security.Principal;
import java.security.Security;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenSSL verifies, and encrypts for, private keys that have no encoding. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("disabledByDefault")
class TokenKeyOpenSslTest {
  @TempDir Path directory;

  @BeforeAll
  static void plugIn() {
    assumeTrue(PeerProcess.installed("openssl"), "openssl is not installed");
    Security.addProvider(TestToken.PROVIDER);
  }

  @AfterAll
  static void pullOut() {
    Security.removeProvider(TestToken.PROVIDER.getName());
  }

  static Stream<SuiteCase> suites() {
    return Stream.concat(
        SuiteCase.all(),
        Stream.of(new SuiteCase("TLS_RSA_WITH_AES_128_GCM_SHA256", TestPki.Kind.RSA)));
  }

  /** The token's key for sockets too. */
  private static SSLContext context(Identity hidden) throws Exception {
    RecordingKeys keys =
        new RecordingKeys(hidden) {
          @Override
          public String chooseServerAlias(String type, Principal[] names, Socket socket) {
            return chooseEngineServerAlias(type, names, null);
          }

          @Override
          public String chooseClientAlias(String[] types, Principal[] names, Socket socket) {
            return chooseEngineClientAlias(types, names, null);
          }
        };
    return Contexts.of(Contexts.OURS, keys.array(), TestPki.trust());
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  @ParameterizedTest
  @MethodSource("suites")
  void ourServer(SuiteCase suite) throws Exception {
    Identity hidden = TestToken.hide(TestPki.server(suite.kind()));
    PeerProcess.writePem(directory, TestPki.client(suite.kind()));
    try (SSLServerSocket listener = Dialogue.listen(context(hidden), suite.suite())) {
      CompletableFuture<SSLSocket> served = Dialogue.serveLines(listener);
      try (PeerProcess client =
          PeerPrograms.openSslClient(
              listener.getLocalPort(), "-CAfile", file("root.pem"), "-verify_return_error")) {
        client.expect("Verify return code: 0 \\(ok\\)");
        client.type("hello");
        client.expect("you said hello");
        client.type("Q");
        assertEquals(0, client.awaitExit());
      }
      assertEquals(suite.suite(), Background.await(served).getSession().getCipherSuite());
    }
  }

  @ParameterizedTest
  @MethodSource("suites")
  void ourClient(SuiteCase suite) throws Exception {
    Identity hidden = TestToken.hide(TestPki.client(suite.kind()));
    PeerProcess.writePem(directory, TestPki.server(suite.kind()));
    try (PeerProcess server =
            PeerPrograms.openSslServer(
                directory,
                "-Verify",
                "2",
                "-verify_return_error",
                "-CAfile",
                file("root.pem"),
                "-rev");
        SSLSocket socket =
            Dialogue.dial(context(hidden), PeerPrograms.port(server), suite.suite())) {
      assertEquals("olleh", Dialogue.ask(socket, "hello"));
      assertArrayEquals(hidden.chain, socket.getSession().getLocalCertificates());
      assertEquals(1, TestToken.key(hidden).signatures.get());
    }
  }
}
