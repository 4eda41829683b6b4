package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;

/** Rows of docs/DIFFERENCES.md that no other test asserts. */
class EngineSmallDifferencesTest {
  private static final int HANDSHAKE = 22;

  /** A server's first flight: ours in the clear has a record for each of its messages. */
  @Test
  void oneRecordForEachHandshakeMessage() throws Exception {
    EnginePair pair = Peers.pair(Contexts.SUN, Contexts.OURS, Kind.EC);
    pair.client.beginHandshake();
    pair.server.beginHandshake();
    EnginePair.step(pair.client, pair.toClient, pair.toServer);
    do {
      EnginePair.step(pair.server, pair.toServer, pair.toClient);
    } while (pair.server.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP);
    // ServerHello, Certificate, ServerKeyExchange, ServerHelloDone.
    List<byte[]> records = RecordCutter.records(pair.toClient);
    assertEquals(List.of(2, 11, 12, 14), records.stream().map(r -> (int) r[5]).toList());
    for (byte[] record : records) {
      assertEquals(HANDSHAKE, record[0]);
      int message = ByteBuffer.wrap(record, 5, 4).getInt() & 0xFFFFFF;
      assertEquals(record.length, 5 + 4 + message);
    }
    pair.handshake();
  }

  @Test
  void fatalUserCanceledIsNamed() throws Exception {
    EnginePair pair = Peers.pair(Contexts.OURS, Contexts.SUN, Kind.EC);
    pair.client.beginHandshake();
    EnginePair.step(pair.client, pair.toClient, pair.toServer);
    ByteBuffer alert = ByteBuffer.wrap(new byte[] {21, 3, 3, 0, 2, 2, 90});
    SSLException e =
        assertThrows(
            SSLException.class, () -> pair.client.unwrap(alert, ByteBuffer.allocate(20_000)));
    assertEquals("Received fatal alert: user_canceled", e.getMessage());
    assertTrue(pair.client.isInboundDone());
  }

  @Test
  void applicationBuffersKeepTheirSize() throws Exception {
    EnginePair pair = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.EC);
    SSLSession before = pair.client.getSession();
    pair.handshake();
    assertEquals(
        before.getApplicationBufferSize(), pair.client.getSession().getApplicationBufferSize());
    assertEquals(
        before.getApplicationBufferSize(), pair.server.getSession().getApplicationBufferSize());
  }

  @Test
  void sessionsOfBothEndsAreTwo() throws Exception {
    EnginePair pair = Peers.connected();
    SSLSession client = pair.client.getSession();
    SSLSession server = pair.server.getSession();
    assertArrayEquals(client.getId(), server.getId());
    assertNotEquals(client, server);
    assertEquals(client, pair.client.getSession());
  }

  private static Peers.Outcome outcome(EnginePair pair, Consumer<SSLParameters> setting)
      throws SSLException {
    Resumed.parameters(pair.client, setting);
    return Peers.run(pair);
  }

  @Test
  void onlyHostNamesAreSent() throws Exception {
    EnginePair pair = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.EC);
    SNIHostName name = new SNIHostName("a.example.test");
    SNIServerName other = new SNIServerName(5, new byte[] {1, 2}) {};
    assertNull(outcome(pair, p -> p.setServerNames(List.of(other, name))).client());
    ExtendedSSLSession session = (ExtendedSSLSession) pair.server.getSession();
    assertEquals(List.of(name), session.getRequestedServerNames());
  }

  @Test
  void nulInAProtocolsName() throws Exception {
    EnginePair pair = Peers.pair(Contexts.OURS, Contexts.SUN, Kind.EC);
    String[] names = {"h2\0x"};
    SSLException e = outcome(pair, p -> p.setApplicationProtocols(names)).client();
    assertEquals("a NUL in the name of an application protocol", e.getMessage());
  }

  @Test
  void noDsa() throws Exception {
    TestPki.Identity dsa = TestCertificates.of("CN=dsa", "DSA").by(TestPki.root(Kind.EC)).make();
    Peers.Outcome outcome =
        Peers.run(
            Peers.pair(
                Contexts.client(Contexts.SUN).createSSLEngine(),
                Contexts.server(Contexts.OURS, dsa).createSSLEngine()));
    assertEquals("no cipher suites in common", outcome.server().getMessage());
  }
}
