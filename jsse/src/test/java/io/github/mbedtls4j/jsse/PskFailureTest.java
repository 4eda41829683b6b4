package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Handshakes with pre-shared keys that must fail, and what each end is told. */
@Tag("disabledByDefault")
class PskFailureTest {
  private static final byte[] BAD_RECORD_MAC = {21, 3, 3, 0, 2, 2, 20};
  private static final byte[] UNKNOWN_PSK_IDENTITY = {21, 3, 3, 0, 2, 2, 115};

  private final PskKeyManager keys = PskKeyManager.of(PskPeers.CREDENTIAL);

  static Stream<String> exchanges() {
    return PskPeers.exchanges();
  }

  private static PskKeyManager other(String identity, String key) {
    return PskKeyManager.of(new PskCredential(identity, key.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Both ends fail, have no principals, and say nothing of keys. */
  private static Peers.Outcome failed(EnginePair pair) throws SSLException {
    Peers.Outcome outcome = Peers.run(pair);
    for (SSLException e : List.of(outcome.client(), outcome.server())) {
      // As SunJSSE, an end that is told of an internal error does not know what failed.
      boolean internal = e.getMessage().equals("Received fatal alert: internal_error");
      assertEquals(internal ? SSLException.class : SSLHandshakeException.class, e.getClass());
      StringWriter text = new StringWriter();
      e.printStackTrace(new PrintWriter(text));
      assertNoSecret(text.toString());
    }
    for (SSLEngine engine : List.of(pair.client, pair.server)) {
      assertFalse(engine.getSession().isValid());
      assertNull(engine.getSession().getLocalPrincipal());
      assertThrows(SSLPeerUnverifiedException.class, engine.getSession()::getPeerPrincipal);
      assertNoSecret(engine.getSession() + " " + engine);
    }
    return outcome;
  }

  private static void assertNoSecret(String text) {
    assertFalse(text.contains("not to be seen"), text);
    assertFalse(text.contains(HexFormat.of().formatHex(PskPeers.KEY)), text);
    assertFalse(text.contains(Arrays.toString(PskPeers.KEY)), text);
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void wrongKey(String suite) throws Exception {
    Peers.Outcome outcome = failed(PskPeers.pair(keys, other("sensor", "not to be seen!?"), suite));
    assertEquals("Received fatal alert: bad_record_mac", outcome.client().getMessage());
    assertArrayEquals(BAD_RECORD_MAC, outcome.alerts().get(0));
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void unknownIdentity(String suite) throws Exception {
    Peers.Outcome outcome = failed(PskPeers.pair(keys, other("other", "key"), suite));
    assertEquals("Received fatal alert: unknown_psk_identity", outcome.client().getMessage());
    assertEquals("unknown PSK identity", outcome.server().getMessage());
    assertArrayEquals(UNKNOWN_PSK_IDENTITY, outcome.alerts().get(0));
  }

  /** RFC 4279 section 2: the client sees no difference. */
  @ParameterizedTest
  @MethodSource("exchanges")
  void concealedIdentity(String suite) throws Exception {
    PskKeyManager server =
        PskKeyManager.concealing(
            new PskCredential("other", PskPeers.KEY), new PskCredential("sensor", new byte[7]));
    Peers.Outcome wrongKey = failed(PskPeers.pair(keys, server, suite));
    Peers.Outcome unknown = failed(PskPeers.pair(other("nobody", "key"), server, suite));
    for (Peers.Outcome outcome : List.of(wrongKey, unknown)) {
      assertEquals(1, outcome.alerts().size());
      assertArrayEquals(BAD_RECORD_MAC, outcome.alerts().get(0));
      assertEquals("Received fatal alert: bad_record_mac", outcome.client().getMessage());
    }
    assertEquals(wrongKey.server().getMessage(), unknown.server().getMessage());
    EnginePair known = PskPeers.pair(other("other", "not to be seen!!"), server, suite);
    known.handshake();
    assertEquals(PskIdentity.of("other"), known.server.getSession().getPeerPrincipal());
  }

  /** Only another implementation sends one: the message is rewritten on the way. */
  @Test
  void emptyIdentity() throws Exception {
    EnginePair pair = PskPeers.pair(keys, keys, PskPeers.PLAIN);
    pair.client.beginHandshake();
    pair.server.beginHandshake();
    for (int step = 0; step < 100 && clientKeyExchange(pair.toServer) < 0; step++) {
      EnginePair.step(pair.client, pair.toClient, pair.toServer);
      if (clientKeyExchange(pair.toServer) < 0) {
        EnginePair.step(pair.server, pair.toServer, pair.toClient);
      }
    }
    int at = clientKeyExchange(pair.toServer);
    pair.toServer.position(at);
    pair.toServer.put(new byte[] {22, 3, 3, 0, 6, 16, 0, 0, 2, 0, 0});
    Peers.Outcome outcome = failed(pair);
    assertEquals("empty PSK identity", outcome.server().getMessage());
    assertEquals("Received fatal alert: unknown_psk_identity", outcome.client().getMessage());
  }

  /** Where the message begins in what is on its way; -1 if it is not. */
  private static int clientKeyExchange(ByteBuffer wire) {
    for (int at = 0; at < wire.position(); at += 5 + wire.getShort(at + 3)) {
      if (wire.get(at) == 22 && wire.get(at + 5) == 16) {
        return at;
      }
    }
    return -1;
  }

  @Test
  void noKeyForThisServer() throws Exception {
    Peers.Outcome outcome = failed(PskPeers.pair(new PskKeyManager() {}, keys, PskPeers.PLAIN));
    assertEquals("the PskKeyManager has no key for this server", outcome.client().getMessage());
    assertEquals("Received fatal alert: handshake_failure", outcome.server().getMessage());
  }

  @Test
  void unusableKeys() throws Exception {
    for (SecretKey key :
        new SecretKey[] {new SecretKeySpec(new byte[65], "PSK"), new NoEncoding()}) {
      PskKeyManager server =
          new PskKeyManager() {
            @Override
            public SecretKey getServerKey(PskIdentity identity, ExtendedSSLSession session) {
              return key;
            }
          };
      Peers.Outcome outcome = failed(PskPeers.pair(keys, server, PskPeers.PLAIN));
      assertEquals(
          key instanceof NoEncoding
              ? "a pre-shared key without an encoding"
              : "this Mbed TLS takes pre-shared keys of 1 to "
                  + PskCredential.maxKeyLength()
                  + " bytes, not 65",
          outcome.server().getMessage());
      assertEquals("Received fatal alert: internal_error", outcome.client().getMessage());
    }
  }

  @Test
  void destroyedKeys() throws Exception {
    PskCredential credential = new PskCredential("sensor", PskPeers.KEY);
    PskKeyManager destroyed = PskKeyManager.of(credential);
    credential.destroy();
    for (boolean client : new boolean[] {true, false}) {
      EnginePair pair =
          PskPeers.pair(client ? destroyed : keys, client ? keys : destroyed, PskPeers.PLAIN);
      Peers.Outcome outcome = failed(pair);
      assertEquals(
          "the pre-shared key was destroyed",
          (client ? outcome.client() : outcome.server()).getMessage());
    }
  }

  @Test
  void managersThatThrow() throws Exception {
    for (Throwable thrown :
        List.of(new IllegalStateException("broken"), new StackOverflowError("too deep"))) {
      PskKeyManager broken = new Broken(thrown);
      assertSame(thrown, failed(PskPeers.pair(broken, keys, PskPeers.PLAIN)).client().getCause());
      Peers.Outcome outcome = failed(PskPeers.pair(keys, broken, PskPeers.PLAIN));
      assertSame(thrown, outcome.server().getCause());
      assertEquals("Received fatal alert: internal_error", outcome.client().getMessage());
    }
  }

  private static final class Broken implements PskKeyManager {
    private final Throwable thrown;

    Broken(Throwable thrown) {
      this.thrown = thrown;
    }

    private RuntimeException failure() {
      if (thrown instanceof Error e) {
        throw e;
      }
      return (RuntimeException) thrown;
    }

    @Override
    public PskCredential chooseClientCredential(PskIdentity hint, ExtendedSSLSession session) {
      throw failure();
    }

    @Override
    public SecretKey getServerKey(PskIdentity identity, ExtendedSSLSession session) {
      throw failure();
    }
  }

  private static final class NoEncoding implements SecretKey {
    private static final long serialVersionUID = 1L;

    @Override
    public String getAlgorithm() {
      return "PSK";
    }

    @Override
    public String getFormat() {
      return null;
    }

    @Override
    public byte[] getEncoded() {
      return null;
    }
  }
}
