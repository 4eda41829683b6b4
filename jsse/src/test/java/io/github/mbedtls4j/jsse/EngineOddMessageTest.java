package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.mbedtls4j.jsse.TestPki.Identity;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.nio.ByteBuffer;
import java.security.Provider;
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
}
