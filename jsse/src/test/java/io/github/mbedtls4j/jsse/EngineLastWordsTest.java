package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.handle.SslConnection;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** An engine of which both directions are closed is freed; its last alert can still be taken. */
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

  @Test
  void closed() throws Exception {
    EnginePair pair = Peers.connected();
    int before = SslConnection.openConnections();
    pair.client.closeOutbound();
    assertEquals(before, SslConnection.openConnections());
    assertThrows(SSLException.class, pair.client::closeInbound);
    assertEquals(before - 1, SslConnection.openConnections());
    takeOne(pair);
    assertEquals(Status.CLOSED, deliver(pair).getStatus());
    assertEquals(before - 2, SslConnection.openConnections());
  }

  @Test
  void closedInTheOtherOrder() throws Exception {
    EnginePair pair = Peers.connected();
    int before = SslConnection.openConnections();
    assertThrows(SSLException.class, pair.client::closeInbound);
    pair.client.closeOutbound();
    assertEquals(before - 1, SslConnection.openConnections());
    takeOne(pair);
    assertEquals(Status.CLOSED, deliver(pair).getStatus());
  }

  @Test
  void failed() throws Exception {
    EnginePair pair = Peers.connected();
    int before = SslConnection.openConnections();
    ByteBuffer garbage = ByteBuffer.wrap(new byte[] {23, 3, 3, 0, 3, 1, 2, 3});
    assertThrows(
        SSLException.class, () -> pair.client.unwrap(garbage, ByteBuffer.allocate(20_000)));
    assertEquals(before - 1, SslConnection.openConnections());
    takeOne(pair);
    SSLException told = assertThrows(SSLException.class, () -> deliver(pair));
    assertTrue(told.getMessage().contains("Received fatal alert"), told.getMessage());
    assertEquals(before - 2, SslConnection.openConnections());
  }
}
