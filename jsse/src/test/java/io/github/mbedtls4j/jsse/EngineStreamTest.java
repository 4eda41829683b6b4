package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Long streams through buffers of random kinds and sizes. */
class EngineStreamTest {
  private static final String[] SUITES = {
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
    "TLS_ECDHE_ECDSA_WITH_AES_128_CCM",
    "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8"
  };

  @TestFactory
  Stream<DynamicTest> aMebibyteInRandomCuts() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String suite : SUITES) {
      tests.add(
          DynamicTest.dynamicTest(
              suite,
              () -> {
                EnginePair pair = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.EC);
                pair.server.setEnabledCipherSuites(new String[] {suite});
                pair.client.setEnabledCipherSuites(new String[] {suite});
                pair.handshake();
                check(pair.client, pair.server, new Random(1));
                check(pair.server, pair.client, new Random(2));
              }));
    }
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> aMebibyteToAndFromSunJsse() {
    return Peers.each(
        (client, server) -> {
          EnginePair pair = Peers.pair(client, server, Kind.EC);
          pair.handshake();
          check(pair.client, pair.server, new Random(3));
          check(pair.server, pair.client, new Random(4));
        });
  }

  private static ByteBuffer buffer(int size, Random random) {
    ByteBuffer buffer =
        random.nextBoolean() ? ByteBuffer.allocate(size + 7) : ByteBuffer.allocateDirect(size + 7);
    return buffer.position(random.nextInt(7)).limit(buffer.position() + size).slice();
  }

  private static void check(SSLEngine from, SSLEngine to, Random random) throws SSLException {
    byte[] data = Contexts.random(1 << 20);
    ByteBuffer source = ByteBuffer.wrap(data);
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    ByteBuffer wire = ByteBuffer.allocate(1 << 17);
    while (received.size() < data.length) {
      if (wire.remaining() > 40_000 && source.hasRemaining() && random.nextInt(3) > 0) {
        send(from, source, wire, random);
      } else {
        receive(to, wire, received, random);
      }
    }
    assertArrayEquals(data, received.toByteArray());
    assertEquals(0, wire.position());
  }

  private static void send(SSLEngine from, ByteBuffer source, ByteBuffer wire, Random random)
      throws SSLException {
    int size = Math.min(source.remaining(), random.nextInt(4) == 0 ? 30 : random.nextInt(30_000));
    ByteBuffer piece = buffer(size, random);
    piece.put(source.slice(source.position(), size)).flip();
    ByteBuffer target = buffer(16_709, random);
    SSLEngineResult result = from.wrap(piece, target);
    assertEquals(Status.OK, result.getStatus());
    assertEquals(Math.min(size, 16_384), result.bytesConsumed());
    assertEquals(target.position(), result.bytesProduced());
    source.position(source.position() + result.bytesConsumed());
    wire.put(target.flip());
  }

  private static void receive(
      SSLEngine to, ByteBuffer wire, ByteArrayOutputStream received, Random random)
      throws SSLException {
    wire.flip();
    int visible = random.nextInt(wire.remaining() + 1);
    ByteBuffer source = buffer(visible, random).put(wire.slice(0, visible)).flip();
    ByteBuffer target = buffer(random.nextInt(18_000), random);
    SSLEngineResult result = to.unwrap(source, target);
    assertEquals(target.position(), result.bytesProduced());
    assertEquals(source.position(), result.bytesConsumed());
    assertNotEquals(Status.CLOSED, result.getStatus());
    if (result.getStatus() != Status.OK) {
      assertEquals(0, result.bytesConsumed());
      assertEquals(0, result.bytesProduced());
    }
    wire.position(wire.position() + result.bytesConsumed()).compact();
    byte[] bytes = new byte[target.flip().remaining()];
    target.get(bytes);
    received.writeBytes(bytes);
  }
}
