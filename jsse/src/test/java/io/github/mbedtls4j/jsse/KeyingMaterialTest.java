package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keying material exporters (RFC 5705). */
class KeyingMaterialTest {
  private static final String LABEL = "EXPORTER-mbedtls4j";
  private static final byte[] CONTEXT = "context".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path directory;

  private static KeyingMaterialExporter exporter(SSLEngine engine) {
    return (KeyingMaterialExporter) engine.getSession();
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
    "TLSv1.2, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLSv1.1, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
    "TLSv1, TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"
  })
  @Tag("disabledByDefault")
  void knownAnswers(String protocol, String suite) throws Exception {
    EnginePair pair = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.EC);
    for (SSLEngine engine : List.of(pair.client, pair.server)) {
      engine.setEnabledProtocols(new String[] {protocol});
      engine.setEnabledCipherSuites(new String[] {suite});
    }
    Secrets secrets = new Secrets(pair, directory.resolve("keys"));
    assertEquals(suite, pair.client.getSession().getCipherSuite());
    for (SSLEngine engine : List.of(pair.client, pair.server)) {
      KeyingMaterialExporter exporter = exporter(engine);
      for (int length : new int[] {1, 32, 48, 1000}) {
        for (byte[] context : new byte[][] {null, {}, CONTEXT, new byte[65_535]}) {
          assertArrayEquals(
              secrets.exported(LABEL, context, length),
              exporter.exportKeyingMaterialData(LABEL, context, length));
        }
      }
      // One label may be the beginning of another, and have any characters.
      assertArrayEquals(
          secrets.exported("a\0\u00e4\u20ac", null, 20),
          exporter.exportKeyingMaterialData("a\0\u00e4\u20ac", null, 20));
      SecretKey key = exporter.exportKeyingMaterialKey("AES", LABEL, CONTEXT, 16);
      assertEquals("AES", key.getAlgorithm());
      assertEquals("RAW", key.getFormat());
      assertArrayEquals(secrets.exported(LABEL, CONTEXT, 16), key.getEncoded());
    }
    // Data on the connection changes nothing.
    assertArrayEquals(CONTEXT, pair.send(pair.client, CONTEXT));
    assertArrayEquals(
        secrets.exported(LABEL, null, 8),
        exporter(pair.client).exportKeyingMaterialData(LABEL, null, 8));
  }

  @Test
  void eachConnectionHasItsOwn() throws Exception {
    byte[] one = exporter(Peers.connected().client).exportKeyingMaterialData(LABEL, null, 32);
    byte[] two = exporter(Peers.connected().client).exportKeyingMaterialData(LABEL, null, 32);
    assertFalse(Arrays.equals(one, two));
  }

  @Test
  void argumentsAreCheckedAsSunJsseDoes() throws Exception {
    KeyingMaterialExporter exporter = exporter(Peers.connected().client);
    assertThrows(
        NullPointerException.class, () -> exporter.exportKeyingMaterialKey(null, LABEL, null, 1));
    assertThrows(
        NullPointerException.class, () -> exporter.exportKeyingMaterialKey("AES", null, null, 1));
    assertThrows(
        NullPointerException.class, () -> exporter.exportKeyingMaterialData(null, null, 1));
    assertThrows(
        IllegalArgumentException.class, () -> exporter.exportKeyingMaterialKey("", LABEL, null, 1));
    refuses(exporter, "", null, 1);
    refuses(exporter, LABEL, null, 0);
    refuses(exporter, LABEL, null, -1);
    refuses(exporter, LABEL, new byte[65_536], 1);
  }

  private static void refuses(
      KeyingMaterialExporter exporter, String label, byte[] context, int length) {
    assertThrows(
        IllegalArgumentException.class,
        () -> exporter.exportKeyingMaterialData(label, context, length));
  }

  @ParameterizedTest
  @CsvSource({
    "client finished",
    "server finished",
    "master secret",
    "extended master secret",
    "key expansion"
  })
  void labelsOfTlsItselfAreRefused(String label) throws Exception {
    refuses(exporter(Peers.connected().server), label, null, 12);
  }

  @Test
  void thereIsNothingBeforeOrInTheHandshake() throws Exception {
    AtomicReference<SSLSession> seen = new AtomicReference<>();
    RecordingTrust trust =
        new RecordingTrust() {
          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            SSLSession session = engine.getHandshakeSession();
            assertThrows(
                IllegalStateException.class,
                () -> ((KeyingMaterialExporter) session).exportKeyingMaterialData(LABEL, null, 8));
            seen.set(session);
          }
        };
    EnginePair pair =
        Peers.pair(
            Contexts.of(Contexts.OURS, null, new TrustManager[] {trust})
                .createSSLEngine("localhost", 443),
            Contexts.server(Contexts.OURS, TestPki.server(Kind.EC)).createSSLEngine());
    assertThrows(
        SSLKeyException.class,
        () -> exporter(pair.client).exportKeyingMaterialData(LABEL, null, 8));
    pair.handshake();
    byte[] later = ((KeyingMaterialExporter) seen.get()).exportKeyingMaterialData(LABEL, null, 8);
    assertArrayEquals(exporter(pair.server).exportKeyingMaterialData(LABEL, null, 8), later);
  }

  @Test
  void theSecretIsGoneWithTheConnection() throws Exception {
    EnginePair pair = Peers.connected();
    KeyingMaterialExporter exporter = exporter(pair.client);
    pair.client.getSession().invalidate();
    assertEquals(8, exporter.exportKeyingMaterialData(LABEL, null, 8).length);
    pair.client.closeOutbound();
    say(pair.client, pair.server);
    say(pair.server, pair.client);
    assertTrue(pair.client.isInboundDone() && pair.client.isOutboundDone());
    assertThrows(
        IllegalStateException.class, () -> exporter.exportKeyingMaterialData(LABEL, null, 8));
  }

  private static void say(SSLEngine from, SSLEngine to) throws SSLException {
    ByteBuffer record = ByteBuffer.allocate(from.getSession().getPacketBufferSize());
    from.wrap(ByteBuffer.allocate(0), record);
    to.unwrap(record.flip(), ByteBuffer.allocate(100));
  }

  /** JDK 25 has the methods in ExtendedSSLSession: ours override them, and SunJSSE agrees. */
  @TestFactory
  Stream<DynamicTest> equalToSunJsse() {
    return Peers.each(
        (client, server) -> {
          assumeTrue(
              Arrays.stream(ExtendedSSLSession.class.getMethods())
                  .anyMatch(method -> method.getName().equals("exportKeyingMaterialData")),
              "the JDK has no exporters");
          for (Kind kind : Kind.values()) {
            EnginePair pair = Peers.pair(client, server, kind);
            pair.handshake();
            for (String label : List.of("a", LABEL, "\u00e4\u20ac", "l".repeat(300))) {
              for (byte[] context : new byte[][] {null, {}, CONTEXT}) {
                assertArrayEquals(
                    export(pair.client, label, context), export(pair.server, label, context));
              }
            }
          }
        });
  }

  private static byte[] export(SSLEngine engine, String label, byte[] context) throws Exception {
    SSLSession session = engine.getSession();
    try {
      byte[] data =
          (byte[])
              ExtendedSSLSession.class
                  .getMethod("exportKeyingMaterialData", String.class, byte[].class, int.class)
                  .invoke(session, label, context, 50);
      SecretKey key =
          (SecretKey)
              ExtendedSSLSession.class
                  .getMethod(
                      "exportKeyingMaterialKey",
                      String.class,
                      String.class,
                      byte[].class,
                      int.class)
                  .invoke(session, "HmacSHA256", label, context, 50);
      assertArrayEquals(data, key.getEncoded());
      return data;
    } catch (InvocationTargetException e) {
      throw (Exception) e.getCause();
    }
  }
}
