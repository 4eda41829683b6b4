package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenSSL and GnuTLS with pre-shared keys as peers. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("disabledByDefault")
class PskProgramsTest {
  private static final String KEY = HexFormat.of().formatHex(PskPeers.KEY);
  private static final String IDENTITY = "Gerät 7";

  /**
   * The identity as a word of a shell's command, in UTF-8: Java would write it in the machine's
   * encoding.
   */
  private static final String IDENTITY_IN_SHELL = "\"$(printf 'Ger\\303\\244t 7')\"";

  private static final PskIdentity HINT = PskIdentity.of("gateway");

  /** CCM with a short tag is below OpenSSL's default level. */
  private static final String CIPHERS = "PSK:@SECLEVEL=0";

  private static final String PRIORITY =
      "NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+PSK:+DHE-PSK:+ECDHE-PSK:+RSA-PSK:+SHA384";

  @TempDir Path directory;

  private final PskPeers.Recording server = new PskPeers.Recording();

  static Stream<String> opensslSuites() {
    return Stream.concat(
        PskPeers.exchanges(),
        Stream.of("TLS_PSK_WITH_AES_128_CCM_8", "TLS_PSK_DHE_WITH_AES_128_CCM_8"));
  }

  static Stream<String> gnutlsServerSuites() {
    return PskPeers.exchanges();
  }

  /** gnutls-cli 3.7.9 crashes after a handshake with DHE_PSK or ECDHE_PSK, with OpenSSL too. */
  static Stream<String> gnutlsClientSuites() {
    return PskPeers.exchanges().filter(suite -> !suite.contains("DHE"));
  }

  @BeforeEach
  void writeCertificate() throws Exception {
    PeerProcess.writePem(directory, TestPki.server(Kind.RSA));
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private static void assumeInstalled(String program) {
    assumeTrue(PeerProcess.installed(program), program + " is not installed");
  }

  private static PeerProcess openssl(String key, String... arguments) throws IOException {
    String script = "exec openssl \"$@\" -psk_identity " + IDENTITY_IN_SHELL;
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-tls1_2", "-psk", key, "-cipher", CIPHERS));
    return new PeerProcess(command);
  }

  private PeerProcess opensslServer(String key) throws IOException {
    String cert = file("chain.pem");
    return openssl(
        key,
        "s_server",
        "-accept",
        "127.0.0.1:0",
        "-cert",
        cert,
        "-key",
        file("key.pem"),
        "-rev",
        "-psk_hint",
        HINT.getName());
  }

  @ParameterizedTest
  @MethodSource("opensslSuites")
  void ourClientToOpenssl(String suite) throws Exception {
    assumeInstalled("openssl");
    PskPeers.Recording keys = new PskPeers.Recording(new PskCredential(IDENTITY, PskPeers.KEY));
    try (PeerProcess openssl = opensslServer(KEY);
        SSLSocket socket =
            Dialogue.dial(PskPeers.context(keys), PeerPrograms.port(openssl), suite)) {
      assertEquals("olleh", Dialogue.ask(socket, "hello"));
      assertEquals(suite, socket.getSession().getCipherSuite());
      assertEquals(List.of(HINT), keys.hints);
    }
  }

  /** RFC 4279 section 5.3 demands 64 bytes. */
  @ParameterizedTest
  @MethodSource("io.github.mbedtls4j.jsse.PskPeers#exchanges")
  void longestKeys(String suite) throws Exception {
    assumeInstalled("openssl");
    byte[] key = Contexts.random(PskCredential.maxKeyLength());
    PskKeyManager keys = PskKeyManager.of(new PskCredential(IDENTITY, key));
    try (PeerProcess openssl = opensslServer(HexFormat.of().formatHex(key));
        SSLSocket socket =
            Dialogue.dial(PskPeers.context(keys), PeerPrograms.port(openssl), suite)) {
      assertEquals("olleh", Dialogue.ask(socket, "hello"));
    }
    PskPeers.pair(keys, keys, suite).handshake();
  }

  @ParameterizedTest
  @MethodSource("opensslSuites")
  void opensslToOurServer(String suite) throws Exception {
    assumeInstalled("openssl");
    try (SSLServerSocket listener = Dialogue.listen(PskPeers.server(server), suite)) {
      CompletableFuture<SSLSocket> served = Dialogue.serveLines(listener);
      String address = "127.0.0.1:" + listener.getLocalPort();
      try (PeerProcess openssl = openssl(KEY, "s_client", "-connect", address)) {
        openssl.expect("Verify return code:");
        openssl.type("hello");
        openssl.expect("you said hello");
        openssl.type("Q");
        assertEquals(0, openssl.awaitExit());
      }
      assertServed(Background.await(served).getSession(), suite);
    }
  }

  private void assertServed(SSLSession session, String suite) throws Exception {
    assertEquals(suite, session.getCipherSuite());
    assertEquals(PskIdentity.of(IDENTITY), session.getPeerPrincipal());
    assertEquals(List.of(PskIdentity.of(IDENTITY)), server.identities);
  }

  @Test
  void wrongKeyForOpenssl() throws Exception {
    assumeInstalled("openssl");
    PskKeyManager keys = PskKeyManager.of(new PskCredential(IDENTITY, new byte[16]));
    try (PeerProcess openssl = opensslServer(KEY);
        SSLSocket socket =
            Dialogue.dial(PskPeers.context(keys), PeerPrograms.port(openssl), PskPeers.PLAIN)) {
      assertThrows(SSLHandshakeException.class, socket::startHandshake);
    }
  }

  @Test
  void opensslIsToldThatItsIdentityIsUnknown() throws Exception {
    assumeInstalled("openssl");
    PskKeyManager others = PskKeyManager.of(PskPeers.CREDENTIAL);
    try (SSLServerSocket listener = Dialogue.listen(PskPeers.server(others), PskPeers.PLAIN)) {
      CompletableFuture<SSLSocket> served = Dialogue.serveLines(listener);
      String address = "127.0.0.1:" + listener.getLocalPort();
      try (PeerProcess openssl = openssl(KEY, "s_client", "-connect", address)) {
        openssl.expect("SSL alert number 115");
      }
      assertThrows(SSLHandshakeException.class, () -> Background.await(served));
    }
  }

  @ParameterizedTest
  @MethodSource("gnutlsServerSuites")
  void ourClientToGnutls(String suite) throws Exception {
    assumeInstalled("gnutls-serv");
    Path passwords = directory.resolve("passwords");
    Files.writeString(passwords, "sensor:" + KEY + "\n");
    PskPeers.Recording keys = new PskPeers.Recording(PskPeers.CREDENTIAL);
    try (PeerProcess gnutls =
        PeerPrograms.gnuTlsServer(
            directory, PRIORITY, "--pskpasswd=" + passwords, "--pskhint=" + HINT.getName())) {
      try (SSLSocket socket = Dialogue.dial(PskPeers.context(keys), gnutls.port(), suite)) {
        assertEquals("hello", Dialogue.ask(socket, "hello"));
        assertEquals(suite, socket.getSession().getCipherSuite());
        assertArrayEquals(new PskIdentity[] {HINT}, keys.hints.toArray());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("gnutlsClientSuites")
  void gnutlsToOurServer(String suite) throws Exception {
    assumeInstalled("gnutls-cli");
    try (SSLServerSocket listener = Dialogue.listen(PskPeers.server(server), suite)) {
      CompletableFuture<SSLSocket> served = Dialogue.serveLines(listener);
      try (PeerProcess gnutls =
          new PeerProcess(
              "sh",
              "-c",
              "exec gnutls-cli --pskusername=" + IDENTITY_IN_SHELL + " \"$@\"",
              "sh",
              "--port=" + listener.getLocalPort(),
              "--priority=" + PRIORITY,
              "--pskkey=" + KEY,
              "--x509cafile=" + file("root.pem"),
              "--verify-hostname=localhost",
              "127.0.0.1")) {
        gnutls.expect("Handshake was completed");
        gnutls.type("hello");
        gnutls.expect("you said hello");
        assertEquals(0, gnutls.awaitExit());
      }
      assertServed(Background.await(served).getSession(), suite);
    }
  }
}
