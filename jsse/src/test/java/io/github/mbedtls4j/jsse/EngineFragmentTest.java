package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLProtocolException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Handshake messages split over records or sharing one, and what is no handshake at all. */
class EngineFragmentTest {
  @TestFactory
  Stream<DynamicTest> handshakesCutAnew() {
    List<DynamicTest> tests = new ArrayList<>();
    Random random = new Random(5);
    List<IntSupplier> cuts = List.of(() -> 1, () -> 7, () -> 50, () -> 16_384);
    for (int i = 0; i <= cuts.size(); i++) {
      IntSupplier sizes = i < cuts.size() ? cuts.get(i) : () -> 1 + random.nextInt(50);
      String name = i < cuts.size() ? "records of " + sizes.getAsInt() : "random records";
      for (Provider other : List.of(Contexts.SUN, Contexts.OURS)) {
        tests.add(DynamicTest.dynamicTest(name, () -> cut(Contexts.OURS, other, sizes)));
        tests.add(DynamicTest.dynamicTest(name, () -> cut(other, Contexts.OURS, sizes)));
      }
    }
    return tests.stream();
  }

  private static void cut(Provider client, Provider server, IntSupplier sizes) throws Exception {
    EnginePair pair =
        Peers.pair(
            Contexts.client(client, TestPki.client(Kind.EC)).createSSLEngine(),
            Contexts.server(server, TestPki.server(Kind.EC)).createSSLEngine());
    pair.server.setNeedClientAuth(true);
    RecordCutter toServer = new RecordCutter();
    RecordCutter toClient = new RecordCutter();
    pair.client.beginHandshake();
    pair.server.beginHandshake();
    for (int i = 0; i < 20_000 && !(pair.clientFinished && pair.serverFinished); i++) {
      int before = pair.toServer.position();
      pair.clientFinished |= EnginePair.step(pair.client, pair.toClient, pair.toServer);
      if (pair.toServer.position() > before) {
        toServer.cut(pair.toServer, sizes);
      }
      before = pair.toClient.position();
      pair.serverFinished |= EnginePair.step(pair.server, pair.toServer, pair.toClient);
      if (pair.toClient.position() > before) {
        toClient.cut(pair.toClient, sizes);
      }
    }
    assertTrue(pair.clientFinished && pair.serverFinished);
    byte[] data = Contexts.random(1000);
    assertArrayEquals(data, pair.send(pair.client, data));
    assertArrayEquals(data, pair.send(pair.server, data));
  }

  private static SSLEngine server() throws Exception {
    SSLEngine engine = Contexts.server(Contexts.OURS, TestPki.server(Kind.EC)).createSSLEngine();
    engine.setUseClientMode(false);
    return engine;
  }

  private static SSLEngine client() throws Exception {
    SSLEngine engine = Contexts.client(Contexts.OURS).createSSLEngine();
    engine.setUseClientMode(true);
    engine.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(20_000));
    return engine;
  }

  private static void assertAlert(SSLEngine engine, int description) throws SSLException {
    ByteBuffer out = ByteBuffer.allocate(20_000);
    assertEquals(Status.CLOSED, engine.wrap(ByteBuffer.allocate(0), out).getStatus());
    assertArrayEquals(
        new byte[] {21, 3, 3, 0, 2, 2, (byte) description},
        java.util.Arrays.copyOf(out.array(), out.position()));
    assertEquals(Status.CLOSED, engine.wrap(ByteBuffer.allocate(0), out).getStatus());
    assertEquals(7, out.position());
    assertTrue(engine.isInboundDone() && engine.isOutboundDone());
  }

  @Test
  void longMessageIsRefusedAtOnce() throws Exception {
    for (SSLEngine engine : List.of(server(), client())) {
      int type = engine.getUseClientMode() ? 2 : 1;
      // 17,000 bytes are announced, five are here.
      byte[] start = {22, 3, 3, 0, 9, (byte) type, 0, 0x42, 0x68, 3, 3, 1, 1, 1};
      SSLProtocolException e =
          assertThrows(
              SSLProtocolException.class,
              () -> engine.unwrap(ByteBuffer.wrap(start), ByteBuffer.allocate(20_000)));
      assertTrue(e.getMessage().contains("17004 bytes"), e.getMessage());
      assertAlert(engine, 10);
    }
  }

  @TestFactory
  Stream<DynamicTest> notTls() {
    byte[] v2 = new byte[48];
    byte[] v2Start = {(byte) 0x80, 46, 1, 3, 3, 0, 3, 0, 0, 0, 32};
    System.arraycopy(v2Start, 0, v2, 0, v2Start.length);
    return Stream.of(
            "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
            "SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII),
            new byte[100],
            v2,
            new byte[] {22, 2, 0, 0, 5, 1, 1, 1, 1, 1},
            new byte[] {23, 3, 3, 0, 5, 1, 1, 1, 1, 1},
            new byte[] {20, 3, 3, 0, 1, 1})
        .map(
            garbage ->
                DynamicTest.dynamicTest(
                    HexFormat.of().formatHex(garbage, 0, 5) + " of " + garbage.length,
                    () -> {
                      for (SSLEngine engine : List.of(server(), client())) {
                        SSLException e =
                            assertThrows(
                                SSLException.class,
                                () ->
                                    engine.unwrap(
                                        ByteBuffer.wrap(garbage), ByteBuffer.allocate(20_000)));
                        assertEquals("Unsupported or unrecognized SSL message", e.getMessage());
                        assertAlert(engine, 10);
                      }
                    }));
  }

  @Test
  void recordLongerThanAllowed() throws Exception {
    SSLEngine engine = server();
    byte[] start = {22, 3, 3, 0x60, 0, 1, 1, 1, 1, 1};
    SSLException e =
        assertThrows(
            SSLProtocolException.class,
            () -> engine.unwrap(ByteBuffer.wrap(start), ByteBuffer.allocate(20_000)));
    assertTrue(e.getMessage().startsWith("Input record too big"), e.getMessage());
    assertAlert(engine, 22);
  }

  @Test
  void otherRecordInsideAMessage() throws Exception {
    SSLEngine engine = server();
    ByteBuffer start = ByteBuffer.wrap(new byte[] {22, 3, 3, 0, 2, 1, 0, 21, 3, 3, 0, 2, 1, 0});
    engine.unwrap(start, ByteBuffer.allocate(0));
    assertThrows(
        SSLProtocolException.class, () -> engine.unwrap(start, ByteBuffer.allocate(20_000)));
    assertAlert(engine, 10);
  }
}
