package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.mbedtls4j.jsse.TestPki.Identity;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.nio.ByteBuffer;
import java.security.Provider;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Handshake messages at odd times. */
class EngineOddMessageTest {
  private static final byte[] HELLO_REQUEST = {22, 3, 3, 0, 4, 0, 0, 0, 0};

  static Stream<Provider> providers() {
    return Stream.of(Contexts.OURS, Contexts.SUN);
  }

  private static void unwrap(SSLEngine engine, byte[] record) throws SSLException {
    engine.unwrap(ByteBuffer.wrap(record), ByteBuffer.allocate(0));
    Peers.runTasks(engine);
  }

  /** RFC 5246 section 7.4.1.1: a client that is negotiating already ignores it. */
  @ParameterizedTest
  @MethodSource("providers")
  void helloRequestInTheHandshake(Provider client) throws Exception {
    EnginePair pair =
        Peers.pair(
            Contexts.client(client).createSSLEngine("localhost", 443),
            Contexts.server(Contexts.OURS, TestPki.server(Kind.EC)).createSSLEngine());
    pair.client.beginHandshake();
    EnginePair.step(pair.client, pair.toClient, pair.toServer);
    unwrap(pair.client, HELLO_REQUEST);
    byte[] flight = Wires.answer(pair.server, Wires.drain(pair.toServer));
    pair.toClient.put(flight);
    List<byte[]> records = RecordCutter.records(pair.toClient);
    pair.toClient.clear();
    unwrap(pair.client, records.get(0));
    // In one record with the message that is due.
    byte[] due = records.get(1);
    ByteBuffer both = ByteBuffer.allocate(due.length + 4);
    both.put(due, 0, 5).putInt(0).put(due, 5, due.length - 5);
    both.putShort(3, (short) (due.length - 5 + 4));
    unwrap(pair.client, both.array());
    for (byte[] record : records.subList(2, records.size())) {
      pair.toClient.put(record);
    }
    pair.handshake();
    byte[] data = Contexts.random(100);
    assertArrayEquals(data, pair.send(pair.client, data));
  }

  /** The server waits for ClientKeyExchange. */
  @ParameterizedTest
  @MethodSource("providers")
  void anotherMessageThanIsDue(Provider server) throws Exception {
    for (byte[] odd :
        new byte[][] {
          {22, 3, 3, 0, 4, 14, 0, 0, 0}, {22, 3, 3, 0, 4, 20, 0, 0, 0}, {20, 3, 3, 0, 1, 1}
        }) {
      EnginePair pair = Peers.pair(Contexts.OURS, server, Kind.EC);
      byte[] hello = Wires.answer(pair.client, new byte[0]);
      Wires.answer(pair.server, hello);
      assertInstanceOf(SSLProtocolException.class, Wires.failure(pair.server, odd));
      pair.server.wrap(ByteBuffer.allocate(0), pair.toClient);
      byte[] alert = Wires.drain(pair.toClient);
      assertArrayEquals(new byte[] {21, 3, 3, 0, 2, 2, 10}, alert);
    }
  }

  /** SunJSSE's client signs with whatever key it is given. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void signatureOfAnotherKey(Kind kind) throws Exception {
    Identity mixed = new Identity(TestPki.server(kind).key, TestPki.client(kind).chain);
    EnginePair pair =
        Peers.pair(
            Contexts.client(Contexts.SUN, mixed).createSSLEngine("localhost", 443),
            Contexts.server(Contexts.OURS, TestPki.server(kind)).createSSLEngine());
    pair.server.setNeedClientAuth(true);
    Peers.Outcome outcome = Peers.run(pair);
    assertInstanceOf(SSLHandshakeException.class, outcome.server());
    assertEquals("Received fatal alert: decrypt_error", Peers.message(outcome.client()));
  }

  private interface Change {
    byte[] of(byte[] signature);
  }

  /** All ones are no number below an RSA modulus, and no DER. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void malformedSignatures(Kind kind) throws Exception {
    for (Change change :
        List.<Change>of(
            signature -> ones(signature.length),
            signature -> new byte[signature.length],
            signature -> ones(1),
            signature -> new byte[0],
            signature -> Arrays.copyOf(signature, signature.length - 1),
            signature -> Arrays.copyOf(signature, signature.length + 1))) {
      EnginePair pair =
          Peers.pair(
              Contexts.client(Contexts.OURS, TestPki.client(kind))
                  .createSSLEngine("localhost", 443),
              Contexts.server(Contexts.OURS, TestPki.server(kind)).createSSLEngine());
      pair.server.setNeedClientAuth(true);
      byte[] hello = Wires.answer(pair.client, new byte[0]);
      byte[] flight = Wires.answer(pair.client, Wires.answer(pair.server, hello));
      SSLException refused = Wires.failure(pair.server, withSignature(flight, change));
      assertInstanceOf(SSLHandshakeException.class, refused);
      pair.server.wrap(ByteBuffer.allocate(0), pair.toClient);
      byte[] alert = Wires.drain(pair.toClient);
      assertArrayEquals(new byte[] {21, 3, 3, 0, 2, 2, 51}, alert);
    }
  }

  private static byte[] ones(int length) {
    byte[] ones = new byte[length];
    Arrays.fill(ones, (byte) -1);
    return ones;
  }

  /** A client's flight with another signature in its CertificateVerify. */
  private static byte[] withSignature(byte[] flight, Change change) {
    ByteBuffer wire = ByteBuffer.allocate(flight.length + 100).put(flight);
    List<byte[]> records = RecordCutter.records(wire);
    wire.clear();
    for (byte[] record : records) {
      if (record[0] == 22 && record[5] == 15) {
        byte[] signature = change.of(Arrays.copyOfRange(record, 13, record.length));
        wire.put(record, 0, 3).putShort((short) (8 + signature.length));
        wire.putInt((15 << 24) + 4 + signature.length);
        wire.put(record, 9, 2).putShort((short) signature.length).put(signature);
      } else {
        wire.put(record);
      }
    }
    return Wires.drain(wire);
  }
}
