package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Alerts under encryption, and that a failure sends just one. */
class EngineAlertTest {
  @TestFactory
  Stream<DynamicTest> encryptedAlertIsRead() {
    return Stream.of(
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CCM")
        .map(
            suite ->
                DynamicTest.dynamicTest(
                    suite,
                    () -> {
                      EnginePair pair = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.EC);
                      pair.client.setEnabledCipherSuites(new String[] {suite});
                      pair.server.setEnabledCipherSuites(new String[] {suite});
                      pair.handshake();
                      damage(pair);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> damagedRecord() {
    return Peers.each(
        (client, server) -> {
          EnginePair pair = Peers.pair(client, server, Kind.EC);
          pair.handshake();
          damage(pair);
        });
  }

  /** The server gets a record with a wrong bit; the client gets the server's only alert. */
  private static void damage(EnginePair pair) throws SSLException {
    pair.client.wrap(ByteBuffer.allocate(100), pair.toServer);
    int at = pair.toServer.position() - 3;
    pair.toServer.put(at, (byte) (pair.toServer.get(at) ^ 4));
    pair.toServer.flip();
    ByteBuffer target = ByteBuffer.allocate(20_000);
    SSLException e =
        assertThrows(SSLException.class, () -> pair.server.unwrap(pair.toServer, target));
    assertFalse(e instanceof SSLHandshakeException);
    assertEquals(0, target.position());
    assertFalse(pair.server.isOutboundDone());
    assertEquals(HandshakeStatus.NEED_WRAP, pair.server.getHandshakeStatus());
    SSLEngineResult alert = pair.server.wrap(ByteBuffer.allocate(10), pair.toClient);
    assertEquals(Status.CLOSED, alert.getStatus());
    assertEquals(0, alert.bytesConsumed());
    assertEquals(21, pair.toClient.get(0));
    assertTrue(pair.server.isOutboundDone());
    assertEquals(0, pair.server.wrap(ByteBuffer.allocate(10), pair.toClient).bytesProduced());
    SSLException received =
        assertThrows(SSLException.class, () -> pair.client.unwrap(pair.toClient.flip(), target));
    assertEquals("Received fatal alert: bad_record_mac", received.getMessage());
    assertTrue(pair.client.isInboundDone() && pair.client.isOutboundDone());
    assertFalse(pair.client.getSession().isValid());
  }

  @Test
  void damagedFinished() throws Exception {
    EnginePair pair = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.EC);
    pair.client.beginHandshake();
    pair.server.beginHandshake();
    for (int i = 0; i < 40; i++) {
      int before = pair.toServer.position();
      EnginePair.step(pair.client, pair.toClient, pair.toServer);
      List<byte[]> records = RecordCutter.records(pair.toServer);
      if (pair.toServer.position() > before && records.size() > 1) {
        byte[] last = records.get(records.size() - 1);
        if (records.get(records.size() - 2)[0] == 20 && last[0] == 22) {
          int at = pair.toServer.position() - 1;
          pair.toServer.put(at, (byte) (pair.toServer.get(at) ^ 1));
          break;
        }
      }
      if (pair.client.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
        EnginePair.step(pair.server, pair.toServer, pair.toClient);
      }
    }
    Peers.Outcome outcome = Peers.run(pair);
    assertInstanceOf(SSLHandshakeException.class, outcome.server());
    assertEquals(1, outcome.alerts().size());
    assertEquals("Received fatal alert: bad_record_mac", outcome.client().getMessage());
  }

  @Test
  void cancelingTellsThePeer() throws Exception {
    for (var server : List.of(Contexts.OURS, Contexts.SUN)) {
      EnginePair pair = Peers.pair(Contexts.OURS, server, Kind.EC);
      pair.client.beginHandshake();
      EnginePair.step(pair.client, pair.toClient, pair.toServer);
      pair.client.closeOutbound();
      Peers.Outcome outcome = Peers.run(pair);
      assertNull(outcome.server());
      assertTrue(pair.server.isInboundDone() && pair.server.isOutboundDone());
      assertTrue(pair.client.isInboundDone() && pair.client.isOutboundDone());
    }
  }
}
