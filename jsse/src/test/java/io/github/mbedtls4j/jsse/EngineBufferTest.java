package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every kind of buffer, every size: nothing is lost, nothing taken before there is room. */
class EngineBufferTest {
  private EnginePair pair;

  @BeforeEach
  void connect() throws Exception {
    pair = Peers.connected();
  }

  private ByteBuffer record(byte[] data) throws SSLException {
    ByteBuffer record = ByteBuffer.allocate(40_000);
    SSLEngineResult result = pair.client.wrap(ByteBuffer.wrap(data), record);
    assertEquals(Status.OK, result.getStatus());
    assertEquals(data.length, result.bytesConsumed());
    return record.flip();
  }

  private static void assertResult(
      Status status, int consumed, int produced, SSLEngineResult result) {
    assertEquals(status, result.getStatus());
    assertEquals(consumed, result.bytesConsumed());
    assertEquals(produced, result.bytesProduced());
    assertEquals(HandshakeStatus.NOT_HANDSHAKING, result.getHandshakeStatus());
  }

  @TestFactory
  Stream<DynamicTest> oneByteAtATime() {
    return Peers.each(
        (client, server) -> {
          EnginePair slow = Peers.pair(client, server, Kind.EC);
          slow.client.beginHandshake();
          slow.server.beginHandshake();
          ByteBuffer[] atClient = {ByteBuffer.allocate(0), slow.toClient};
          ByteBuffer[] atServer = {ByteBuffer.allocate(0), slow.toServer};
          for (int i = 0; i < 20_000; i++) {
            slow.clientFinished |= trickle(slow.client, atClient, slow.toServer);
            slow.serverFinished |= trickle(slow.server, atServer, slow.toClient);
          }
          assertTrue(slow.clientFinished && slow.serverFinished);
        });
  }

  /** A step that lets one more byte in, and asserts that an incomplete record is left alone. */
  private static boolean trickle(SSLEngine engine, ByteBuffer[] in, ByteBuffer out)
      throws SSLException {
    HandshakeStatus status = engine.getHandshakeStatus();
    if (status != HandshakeStatus.NEED_UNWRAP) {
      return status != HandshakeStatus.NOT_HANDSHAKING && EnginePair.step(engine, out, out);
    }
    SSLEngineResult result = engine.unwrap(in[0], ByteBuffer.allocate(0));
    if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
      assertEquals(0, result.bytesConsumed());
      ByteBuffer wire = in[1].flip();
      ByteBuffer more = ByteBuffer.allocate(in[0].remaining() + Math.min(1, wire.remaining()));
      more.put(in[0]);
      if (wire.hasRemaining()) {
        more.put(wire.get());
      }
      wire.compact();
      in[0] = more.flip();
    }
    return result.getHandshakeStatus() == HandshakeStatus.FINISHED;
  }

  @Test
  void everyPrefixOfARecordUnderflows() throws Exception {
    ByteBuffer record = record(Contexts.random(50));
    ByteBuffer target = ByteBuffer.allocate(20_000);
    for (int length = 0; length < record.limit(); length++) {
      ByteBuffer part = record.duplicate().limit(length);
      assertResult(Status.BUFFER_UNDERFLOW, 0, 0, pair.server.unwrap(part, target));
      assertEquals(0, part.position());
    }
    assertResult(Status.OK, record.limit(), 50, pair.server.unwrap(record, target));
  }

  @Test
  void overflowTakesNothing() throws Exception {
    byte[] data = Contexts.random(50);
    ByteBuffer source = ByteBuffer.wrap(data);
    ByteBuffer small = ByteBuffer.allocate(60);
    assertResult(Status.BUFFER_OVERFLOW, 0, 0, pair.client.wrap(source, small));
    assertEquals(0, source.position());
    assertEquals(0, small.position());
    ByteBuffer record = ByteBuffer.allocate(20_000);
    assertEquals(Status.OK, pair.client.wrap(source, record).getStatus());
    record.flip();
    for (int room = 0; room < 50; room++) {
      ByteBuffer target = ByteBuffer.allocate(room);
      assertResult(Status.BUFFER_OVERFLOW, 0, 0, pair.server.unwrap(record, target));
      assertEquals(0, record.position());
    }
    ByteBuffer exact = ByteBuffer.allocate(50);
    assertResult(Status.OK, record.limit(), 50, pair.server.unwrap(record, exact));
    assertArrayEquals(data, exact.array());
  }

  @Test
  void handshakeOverflowTakesNothing() throws Exception {
    EnginePair fresh = Peers.pair(Contexts.OURS, Contexts.SUN, Kind.EC);
    ByteBuffer small = ByteBuffer.allocate(20);
    SSLEngineResult result = fresh.client.wrap(ByteBuffer.allocate(0), small);
    assertEquals(Status.BUFFER_OVERFLOW, result.getStatus());
    assertEquals(HandshakeStatus.NEED_WRAP, result.getHandshakeStatus());
    assertEquals(0, small.position());
    fresh.handshake();
  }

  @Test
  void severalRecordsInOneBuffer() throws Exception {
    ByteBuffer both = ByteBuffer.allocate(40_000);
    both.put(record(Contexts.random(7)));
    int first = both.position();
    both.put(record(Contexts.random(9))).flip();
    ByteBuffer target = ByteBuffer.allocate(20_000);
    assertResult(Status.OK, first, 7, pair.server.unwrap(both, target));
    assertResult(Status.OK, both.limit() - first, 9, pair.server.unwrap(both, target));
    assertEquals(16, target.position());
  }

  @Test
  void gatherAndScatter() throws Exception {
    byte[] data = Contexts.random(1000);
    ByteBuffer[] sources = {
      ByteBuffer.allocate(3),
      ByteBuffer.wrap(data, 0, 1),
      ByteBuffer.allocate(0),
      ByteBuffer.wrap(data, 1, 400).slice(),
      ByteBuffer.allocateDirect(599).put(data, 401, 599).flip().asReadOnlyBuffer(),
      ByteBuffer.allocate(5)
    };
    ByteBuffer record = ByteBuffer.allocateDirect(20_000);
    assertEquals(1000, pair.client.wrap(sources, 1, 4, record).bytesConsumed());
    assertEquals(3, sources[0].remaining());
    assertEquals(5, sources[5].remaining());
    record.flip();
    ByteBuffer[] targets = {
      ByteBuffer.allocate(8),
      ByteBuffer.allocate(0),
      ByteBuffer.allocateDirect(10),
      ByteBuffer.allocate(100).position(50).slice(),
      ByteBuffer.allocate(2000)
    };
    SSLEngineResult result = pair.server.unwrap(record.asReadOnlyBuffer(), targets, 1, 4);
    assertEquals(1000, result.bytesProduced());
    assertEquals(0, targets[0].position());
    byte[] received = new byte[1000];
    ByteBuffer all = ByteBuffer.wrap(received);
    Arrays.stream(targets).forEach(target -> all.put(target.flip()));
    assertArrayEquals(data, received);
  }

  @Test
  void arraysOfNoBuffers() throws Exception {
    ByteBuffer record = ByteBuffer.allocate(20_000);
    assertResult(Status.OK, 0, 0, pair.client.wrap(new ByteBuffer[0], record));
    assertResult(
        Status.BUFFER_UNDERFLOW, 0, 0, pair.server.unwrap(record.flip(), new ByteBuffer[0]));
    ByteBuffer full = record(new byte[1]);
    assertResult(Status.BUFFER_OVERFLOW, 0, 0, pair.server.unwrap(full, new ByteBuffer[0]));
  }

  @Test
  void emptyDataMakesNoRecord() throws Exception {
    ByteBuffer record = ByteBuffer.allocate(20_000);
    assertResult(Status.OK, 0, 0, pair.client.wrap(ByteBuffer.allocate(0), record));
    assertEquals(0, record.position());
  }

  @Test
  void largestFragment() throws Exception {
    byte[] data = Contexts.random(40_000);
    ByteBuffer source = ByteBuffer.wrap(data);
    ByteBuffer record = ByteBuffer.allocate(20_000);
    assertEquals(16_384, pair.client.wrap(source, record).bytesConsumed());
    ByteBuffer target = ByteBuffer.allocate(16_384);
    assertEquals(16_384, pair.server.unwrap(record.flip(), target).bytesProduced());
    assertArrayEquals(Arrays.copyOf(data, 16_384), target.array());
  }

  @Test
  void readOnlyTargets() {
    ByteBuffer some = ByteBuffer.allocate(20_000);
    ByteBuffer readOnly = ByteBuffer.allocate(20_000).asReadOnlyBuffer();
    assertThrows(ReadOnlyBufferException.class, () -> pair.client.wrap(some, readOnly));
    assertThrows(ReadOnlyBufferException.class, () -> pair.client.unwrap(some, readOnly));
  }

  @Test
  void wrongArguments() throws Exception {
    ByteBuffer some = ByteBuffer.allocate(20_000);
    ByteBuffer[] holes = {some, null};
    for (SSLEngine engine : new SSLEngine[] {pair.client, sun()}) {
      illegal(() -> engine.wrap((ByteBuffer) null, some));
      illegal(() -> engine.wrap(some, null));
      illegal(() -> engine.wrap((ByteBuffer[]) null, some));
      illegal(() -> engine.wrap((ByteBuffer[]) null, 0, 1, some));
      illegal(() -> engine.wrap(holes, some));
      illegal(() -> engine.unwrap(null, some));
      illegal(() -> engine.unwrap(some, (ByteBuffer) null));
      illegal(() -> engine.unwrap(some, (ByteBuffer[]) null));
      illegal(() -> engine.unwrap(some, (ByteBuffer[]) null, 0, 1));
      illegal(() -> engine.unwrap(some, holes));
      for (int[] range : new int[][] {{0, 3}, {2, 1}, {-1, 1}, {0, -1}}) {
        assertThrows(
            IndexOutOfBoundsException.class, () -> engine.wrap(holes, range[0], range[1], some));
        assertThrows(
            IndexOutOfBoundsException.class, () -> engine.unwrap(some, holes, range[0], range[1]));
      }
    }
  }

  private static SSLEngine sun() throws Exception {
    EnginePair sun = Peers.pair(Contexts.SUN, Contexts.OURS, Kind.EC);
    sun.handshake();
    return sun.client;
  }

  private static void illegal(org.junit.jupiter.api.function.Executable call) {
    assertThrows(IllegalArgumentException.class, call);
  }
}
