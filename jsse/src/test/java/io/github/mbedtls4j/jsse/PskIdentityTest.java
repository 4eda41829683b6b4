package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.MbedTls;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Identities and credentials as values, and identities on the wire. */
class PskIdentityTest {
  private static final String TEXT = "Gerät 7 \u6e2c\u8a66 \ud83d\udd11";
  private static final byte[] NO_TEXT = {(byte) 0xFF, 0, 10};

  @Test
  void textAndBytes() {
    PskIdentity identity = PskIdentity.of(TEXT);
    assertArrayEquals(TEXT.getBytes(StandardCharsets.UTF_8), identity.bytes());
    assertEquals(Optional.of(TEXT), identity.text());
    assertEquals(TEXT, identity.getName());
    assertEquals(identity, PskIdentity.of(TEXT.getBytes(StandardCharsets.UTF_8)));
    assertEquals(identity.hashCode(), PskIdentity.of(identity.bytes()).hashCode());
    PskIdentity bytes = PskIdentity.of(NO_TEXT);
    assertEquals(Optional.empty(), bytes.text());
    assertEquals("0xff000a", bytes.getName());
    assertNotEquals(PskIdentity.of("0xff000a"), bytes);
    // Not one text in two spellings: bytes count.
    assertNotEquals(PskIdentity.of("e\u0301"), PskIdentity.of("\u00e9"));
  }

  @Test
  void copiesAreMade() {
    byte[] bytes = {'a', 'b'};
    PskIdentity identity = PskIdentity.of(bytes);
    bytes[0] = 'x';
    identity.bytes()[1] = 'x';
    assertEquals("ab", identity.getName());
    byte[] key = {1, 2};
    PskCredential credential = new PskCredential("a", key);
    key[0] = 9;
    credential.key()[1] = 9;
    assertArrayEquals(new byte[] {1, 2}, credential.key());
  }

  /** A client's identity must not forge lines of a log. */
  @Test
  void textForLogs() {
    assertEquals("PskIdentity(a b)", PskIdentity.of("a b").toString());
    assertEquals("PskIdentity(a\\u000ab\\u00e9)", PskIdentity.of("a\nb\u00e9").toString());
    assertEquals("PskCredential(PskIdentity(a))", new PskCredential("a", NO_TEXT).toString());
  }

  @Test
  void lengths() {
    assertEquals(65_535, PskIdentity.of(new byte[65_535]).bytes().length);
    for (int wrong : new int[] {0, 65_536}) {
      assertThrows(IllegalArgumentException.class, () -> PskIdentity.of(new byte[wrong]));
      assertThrows(IllegalArgumentException.class, () -> PskIdentity.of("x".repeat(wrong)));
    }
    assertThrows(IllegalArgumentException.class, () -> PskIdentity.of("\ud800"));
    for (int wrong : new int[] {15_353, 65_535}) {
      PskIdentity tooLong = PskIdentity.of(new byte[wrong]);
      assertThrows(IllegalArgumentException.class, () -> new PskCredential(tooLong, NO_TEXT));
    }
    for (int wrong : new int[] {0, PskCredential.maxKeyLength() + 1, 65}) {
      assertThrows(IllegalArgumentException.class, () -> new PskCredential("a", new byte[wrong]));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> PskCredential.of(PskIdentity.of("a"), new SecretKeySpec(new byte[65], "PSK")));
  }

  /** RFC 4279 section 5.3; other builds have Mbed TLS's default at least. */
  @Test
  void longestKey() {
    int limit = PskCredential.maxKeyLength();
    boolean bundled = MbedTls.source().equals("bundled");
    assertTrue(bundled ? limit == 64 : limit >= 32, () -> limit + " bytes");
    byte[] key = Contexts.random(limit);
    assertArrayEquals(key, new PskCredential("a", key).key());
  }

  @Test
  void credentialsAreDestroyed() {
    PskCredential credential = new PskCredential("a", NO_TEXT);
    assertFalse(credential.isDestroyed());
    credential.destroy();
    credential.destroy();
    assertTrue(credential.isDestroyed());
    assertThrows(IllegalStateException.class, credential::key);
    assertEquals(PskIdentity.of("a"), credential.identity());
  }

  @Test
  void managersOfFixedKeys() {
    assertThrows(IllegalArgumentException.class, PskKeyManager::of);
    assertThrows(
        IllegalArgumentException.class,
        () -> PskKeyManager.of(PskPeers.CREDENTIAL, new PskCredential("sensor", NO_TEXT)));
    assertFalse(PskKeyManager.of(PskPeers.CREDENTIAL).concealsUnknownIdentities());
    assertTrue(PskKeyManager.concealing(PskPeers.CREDENTIAL).concealsUnknownIdentities());
    assertFalse(PskKeyManager.of(PskPeers.CREDENTIAL).toString().contains("seen"));
  }

  @Tag("disabledByDefault")
  @Test
  void everyIdentityTravels() throws Exception {
    List<PskIdentity> identities =
        List.of(
            PskIdentity.of(TEXT),
            PskIdentity.of(NO_TEXT),
            PskIdentity.of("\0"),
            PskIdentity.of("x".repeat(PskCredential.MAX_IDENTITY_LENGTH)));
    for (PskIdentity identity : identities) {
      for (String suite : PskPeers.exchanges().toList()) {
        byte[] key = Contexts.random(suite.equals(PskPeers.PLAIN) ? 1 : 32);
        PskKeyManager keys = PskKeyManager.of(new PskCredential(identity, key));
        EnginePair pair = PskPeers.pair(keys, keys, suite);
        pair.handshake();
        assertEquals(identity, pair.server.getSession().getPeerPrincipal());
        assertEquals(identity, pair.client.getSession().getLocalPrincipal());
      }
    }
  }

  /** What an IoT gateway chooses a key by. */
  @Test
  void managersAreToldOfTheConnection() throws Exception {
    PskPeers.Recording client = new PskPeers.Recording();
    PskPeers.Recording server = new PskPeers.Recording();
    EnginePair pair = PskPeers.pair(client, server, PskPeers.PLAIN);
    pair.handshake();
    assertEquals(List.of("localhost:8883 " + PskPeers.PLAIN), client.sessions);
    assertEquals(List.of("10.0.0.7:50000 " + PskPeers.PLAIN), server.sessions);
    assertEquals(List.of(PskPeers.CREDENTIAL.identity()), server.identities);
    // Mbed TLS servers give no hint.
    assertEquals(1, client.hints.size());
    assertEquals(null, client.hints.get(0));
    for (SSLEngine engine : List.of(pair.client, pair.server)) {
      assertEquals(PskPeers.PLAIN, engine.getSession().getCipherSuite());
    }
  }
}
