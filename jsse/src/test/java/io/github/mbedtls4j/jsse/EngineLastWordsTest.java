package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.handle.NativeHandle;
import io.github.mbedtls4j.nativeloader.handle.SslConnection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An engine of which both directions are closed is freed; its last alert can still be taken. */
@Tag("ownJvm")
class EngineLastWordsTest {
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private static SSLEngineResult deliver(EnginePair pair) throws SSLException {
    pair.toServer.flip();
    try {
      return pair.server.unwrap(pair.toServer, ByteBuffer.allocate(20_000));
    } finally {
      pair.toServer.compact();
    }
  }

  private static void takeOne(EnginePair pair) throws SSLException {
    assertEquals(HandshakeStatus.NEED_WRAP, pair.client.getHandshakeStatus());
    assertFalse(pair.client.isOutboundDone());
    assertEquals(
        Status.BUFFER_OVERFLOW, pair.client.wrap(EMPTY, ByteBuffer.allocate(6)).getStatus());
    SSLEngineResult result = pair.client.wrap(EMPTY, pair.toServer);
    assertEquals(Status.CLOSED, result.getStatus());
    assertTrue(result.bytesProduced() > 0);
    assertTrue(pair.client.isOutboundDone());
    assertEquals(0, pair.client.wrap(EMPTY, pair.toServer).bytesProduced());
  }

  @AfterEach
  void nothingIsOpen() {
    assertEquals(0, SslConnection.openConnections());
  }

  @Test
  void closed() throws Exception {
    EnginePair pair = Peers.connected();
    assertEquals(2, SslConnection.openConnections());
    pair.client.closeOutbound();
    assertEquals(2, SslConnection.openConnections());
    assertThrows(SSLException.class, pair.client::closeInbound);
    assertEquals(1, SslConnection.openConnections());
    takeOne(pair);
    assertEquals(Status.CLOSED, deliver(pair).getStatus());
    assertEquals(0, SslConnection.openConnections());
  }

  @Test
  void closedInTheOtherOrder() throws Exception {
    EnginePair pair = Peers.connected();
    assertEquals(2, SslConnection.openConnections());
    assertThrows(SSLException.class, pair.client::closeInbound);
    pair.client.closeOutbound();
    assertEquals(1, SslConnection.openConnections());
    takeOne(pair);
    assertEquals(Status.CLOSED, deliver(pair).getStatus());
  }

  /** Lists of protocols, suites and hashes are memory of their own. */
  @Test
  void everythingGoesAtOnce() throws Exception {
    List<Long> handles = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      EnginePair pair = Peers.pair(Contexts.OURS, Contexts.OURS, TestPki.Kind.EC);
      for (SSLEngine engine : List.of(pair.client, pair.server)) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        engine.setSSLParameters(parameters);
      }
      pair.handshake();
      for (SSLEngine engine : List.of(pair.client, pair.server)) {
        engine.closeOutbound();
        assertThrows(SSLException.class, engine::closeInbound);
      }
      handles.add(NativeHandle.liveCount());
    }
    // Each pair has a server's context, whose key is kept for the next connection.
    long perContext = 2;
    long first = handles.get(9);
    long last = handles.get(29);
    assertTrue(last <= first + 20 * perContext, () -> first + " handles, later " + last);
  }

  @Test
  void failed() throws Exception {
    EnginePair pair = Peers.connected();
    assertEquals(2, SslConnection.openConnections());
    ByteBuffer garbage = ByteBuffer.wrap(new byte[] {23, 3, 3, 0, 3, 1, 2, 3});
    assertThrows(
        SSLException.class, () -> pair.client.unwrap(garbage, ByteBuffer.allocate(20_000)));
    assertEquals(1, SslConnection.openConnections());
    takeOne(pair);
    SSLException told = assertThrows(SSLException.class, () -> deliver(pair));
    assertTrue(told.getMessage().contains("Received fatal alert"), told.getMessage());
    assertEquals(0, SslConnection.openConnections());
  }
}
