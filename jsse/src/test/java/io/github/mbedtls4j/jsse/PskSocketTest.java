package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.crypto.SecretKey;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sockets, many identities and many threads. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PskSocketTest {
  private static final int IDENTITIES = 1000;
  private static final int THREADS = 4;

  private static PskCredential credential(int number) throws Exception {
    byte[] name = ("device " + number).getBytes(StandardCharsets.UTF_8);
    return new PskCredential(
        PskIdentity.of(name), MessageDigest.getInstance("SHA-256").digest(name));
  }

  private static PskCredential[] credentials() throws Exception {
    List<PskCredential> all = new ArrayList<>();
    for (int i = 0; i < IDENTITIES; i++) {
      all.add(credential(i));
    }
    return all.toArray(PskCredential[]::new);
  }

  /** Each on a connection of its own, many at a time. */
  @Test
  void thousandIdentities() throws Exception {
    SSLContext server = PskPeers.context(PskKeyManager.of(credentials()));
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int first = thread;
      threads.add(
          Background.run(
              () -> {
                for (int i = first; i < IDENTITIES; i += THREADS) {
                  PskCredential mine = credential(i);
                  KeyManager[] key = {PskKeyManager.of(mine)};
                  SSLContext client = Contexts.of(Contexts.OURS, key, new TrustManager[0]);
                  EnginePair pair = PskPeers.pair(client, server, PskPeers.PLAIN);
                  pair.handshake();
                  assertEquals(mine.identity(), pair.server.getSession().getPeerPrincipal());
                }
              }));
    }
    for (CompletableFuture<Void> thread : threads) {
      Background.await(thread);
    }
  }

  @Test
  void sockets() throws Exception {
    PskPeers.Recording keys = new PskPeers.Recording(PskPeers.CREDENTIAL);
    try (SSLServerSocket listener = TlsPair.listen(PskPeers.server(keys))) {
      String suite = "TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA384";
      listener.setEnabledCipherSuites(new String[] {suite, PskPeers.CERTIFICATE});
      // One server for devices with keys and for browsers.
      for (boolean psk : new boolean[] {true, false}) {
        PskPeers.Recording clientKeys = new PskPeers.Recording(PskPeers.CREDENTIAL);
        try (TlsPair pair = TlsPair.between(PskPeers.context(clientKeys), listener)) {
          pair.client.setEnabledCipherSuites(new String[] {psk ? suite : PskPeers.CERTIFICATE});
          pair.handshake();
          assertEquals(
              psk ? suite : PskPeers.CERTIFICATE, pair.server.getSession().getCipherSuite());
          int port = listener.getLocalPort();
          assertEquals(
              psk ? List.of("localhost:" + port + " " + suite) : List.of(), clientKeys.sessions);
          assertEquals(List.of(PskPeers.CREDENTIAL.identity()), keys.identities);
        }
      }
      assertTrue(keys.sessions.get(0).contains(suite), keys.sessions::toString);
    }
  }

  /** No lock of the connection is held: it can be closed meanwhile. */
  @Test
  void closedWhileTheManagerThinks() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    CompletableFuture<Void> go = new CompletableFuture<>();
    PskKeyManager slow =
        new PskKeyManager() {
          @Override
          public SecretKey getServerKey(PskIdentity identity, ExtendedSSLSession session) {
            asked.complete(null);
            go.join();
            return null;
          }
        };
    EnginePair pair = PskPeers.pair(PskKeyManager.of(PskPeers.CREDENTIAL), slow, PskPeers.PLAIN);
    CompletableFuture<Peers.Outcome> run = Background.call(() -> Peers.run(pair));
    Background.await(asked);
    assertFalse(run.isDone());
    pair.server.closeOutbound();
    go.complete(null);
    Background.await(run);
    assertFalse(pair.server.getSession().isValid());
  }

  @Test
  void dialogueOverSockets() throws Exception {
    SSLContext context = PskPeers.server(PskKeyManager.of(PskPeers.CREDENTIAL));
    try (SSLServerSocket listener = Dialogue.listen(context, PskPeers.PLAIN)) {
      CompletableFuture<SSLSocket> served = Dialogue.serveLines(listener);
      try (SSLSocket client = Dialogue.dial(context, listener.getLocalPort(), PskPeers.PLAIN)) {
        assertEquals("you said hello", Dialogue.ask(client, "hello"));
      }
      assertEquals(
          PskPeers.CREDENTIAL.identity(), Background.await(served).getSession().getPeerPrincipal());
    }
  }
}
