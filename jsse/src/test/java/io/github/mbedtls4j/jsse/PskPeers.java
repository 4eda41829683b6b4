package io.github.mbedtls4j.jsse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Engines of ours with pre-shared keys. */
final class PskPeers {
  /** One whose text would show in any output. */
  static final byte[] KEY = "not to be seen!!".getBytes(StandardCharsets.US_ASCII);

  static final String PLAIN = "TLS_PSK_WITH_AES_128_GCM_SHA256";
  static final String CERTIFICATE = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

  static final PskCredential CREDENTIAL = new PskCredential("sensor", KEY);

  private PskPeers() {}

  /** Every suite of the library that needs a pre-shared key. */
  static Stream<String> suites() throws Exception {
    return Arrays.stream(context().createSSLEngine().getSupportedCipherSuites())
        .filter(suite -> suite.contains("_PSK_"));
  }

  /** One suite for each key exchange. */
  static Stream<String> exchanges() {
    return Stream.of(
        PLAIN,
        "TLS_DHE_PSK_WITH_AES_256_CBC_SHA384",
        "TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_RSA_PSK_WITH_AES_128_GCM_SHA256");
  }

  static SSLContext context(KeyManager... managers) throws Exception {
    return Contexts.of(Contexts.OURS, managers, TestPki.trust());
  }

  /** With an RSA certificate beside it, which TLS_RSA_PSK needs. */
  static SSLContext server(PskKeyManager keys) throws Exception {
    List<KeyManager> managers = new ArrayList<>(List.of(keys));
    managers.addAll(List.of(TestPki.keys(TestPki.server(TestPki.Kind.RSA))));
    return context(managers.toArray(KeyManager[]::new));
  }

  static EnginePair pair(PskKeyManager client, PskKeyManager server, String... suites)
      throws Exception {
    return pair(context(client), server(server), suites);
  }

  static EnginePair pair(SSLContext client, SSLContext server, String... suites) {
    EnginePair pair =
        Peers.pair(
            client.createSSLEngine("localhost", 8883), server.createSSLEngine("10.0.0.7", 50_000));
    for (SSLEngine engine : List.of(pair.client, pair.server)) {
      engine.setEnabledCipherSuites(suites);
    }
    return pair;
  }

  /** Remembers what it was asked, and answers all with one key. */
  static final class Recording implements PskKeyManager {
    private final PskCredential credential;
    final List<PskIdentity> identities = new CopyOnWriteArrayList<>();
    final List<PskIdentity> hints = new CopyOnWriteArrayList<>();
    final List<String> sessions = new CopyOnWriteArrayList<>();

    Recording() {
      this(CREDENTIAL);
    }

    Recording(PskCredential credential) {
      this.credential = credential;
    }

    private void remember(ExtendedSSLSession session) {
      sessions.add(
          session.getPeerHost() + ":" + session.getPeerPort() + " " + session.getCipherSuite());
    }

    @Override
    public PskCredential chooseClientCredential(PskIdentity hint, ExtendedSSLSession session) {
      remember(session);
      hints.add(hint);
      return credential;
    }

    @Override
    public SecretKey getServerKey(PskIdentity identity, ExtendedSSLSession session) {
      remember(session);
      identities.add(identity);
      return new SecretKeySpec(credential.key(), "PSK");
    }
  }
}
