package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import io.github.mbedtls4j.testing.ChildJvm;
import java.nio.ByteBuffer;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** TLS 1.0 and 1.1, which {@code jdk.tls.disabledAlgorithms} names unless somebody removes them. */
class EngineOldVersionsTest {
  private static final String SUITE = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA";

  /** In a JVM of its own: both providers read what is disabled once. */
  public static void main(String[] args) throws Exception {
    Security.setProperty("jdk.tls.disabledAlgorithms", "");
    for (String version : List.of("TLSv1", "TLSv1.1")) {
      for (Kind kind : Kind.values()) {
        check(version, kind, Contexts.OURS, Contexts.SUN);
        check(version, kind, Contexts.SUN, Contexts.OURS);
        check(version, kind, Contexts.OURS, Contexts.OURS);
      }
    }
    assertEquals(
        3, Contexts.client(Contexts.OURS).createSSLEngine().getSupportedProtocols().length);
    dataOfVersion10IsSplit();
    noCommonVersion();
    versionsWithAGap();
    System.out.println("done");
  }

  private static EnginePair pair(Provider client, Provider server, Kind kind) throws Exception {
    EnginePair pair =
        Peers.pair(
            Contexts.client(client, TestPki.client(kind)).createSSLEngine("localhost", 443),
            Contexts.server(server, TestPki.server(kind)).createSSLEngine());
    String suite = SUITE.replace("RSA", kind == Kind.EC ? "ECDSA" : "RSA");
    pair.client.setEnabledCipherSuites(new String[] {suite});
    pair.server.setEnabledCipherSuites(new String[] {suite});
    return pair;
  }

  private static void check(String version, Kind kind, Provider client, Provider server)
      throws Exception {
    EnginePair pair = pair(client, server, kind);
    pair.client.setEnabledProtocols(new String[] {version});
    pair.server.setEnabledProtocols(new String[] {"TLSv1", "TLSv1.1", "TLSv1.2"});
    pair.server.setNeedClientAuth(true);
    pair.handshake();
    assertEquals(version, pair.client.getSession().getProtocol());
    assertEquals(version, pair.server.getSession().getProtocol());
    for (int size : new int[] {1, 2, 100, 16_383, 16_384, 16_385, 50_000}) {
      byte[] data = Contexts.random(size);
      assertArrayEquals(data, pair.send(pair.client, data));
      assertArrayEquals(data, pair.send(pair.server, data));
    }
    pair.client.closeOutbound();
    pair.client.wrap(ByteBuffer.allocate(0), pair.toServer);
    pair.server.unwrap(pair.toServer.flip(), ByteBuffer.allocate(20_000));
    assertEquals(
        SSLEngineResult.Status.CLOSED,
        pair.server.wrap(ByteBuffer.allocate(0), pair.toClient).getStatus());
    pair.client.unwrap(pair.toClient.flip(), ByteBuffer.allocate(20_000));
    assertEquals(true, pair.client.isInboundDone() && pair.server.isInboundDone());
  }

  @Test
  void whereTheyAreNotDisabled() throws Exception {
    ChildJvm.of(EngineOldVersionsTest.class).run().expect("done");
  }

  /** TLS 1.0 cuts data in two with CBC suites: the IV of the second part is then unpredictable. */
  private static void dataOfVersion10IsSplit() throws Exception {
    EnginePair pair = pair(Contexts.OURS, Contexts.OURS, Kind.RSA);
    pair.client.setEnabledProtocols(new String[] {"TLSv1"});
    pair.server.setEnabledProtocols(new String[] {"TLSv1"});
    pair.handshake();
    byte[] data = Contexts.random(1000);
    SSLEngineResult sent = pair.client.wrap(ByteBuffer.wrap(data), pair.toServer);
    assertEquals(1000, sent.bytesConsumed());
    assertEquals(2, RecordCutter.records(pair.toServer).size());
    ByteBuffer target = ByteBuffer.allocate(2000);
    pair.toServer.flip();
    assertEquals(1, pair.server.unwrap(pair.toServer, target).bytesProduced());
    assertEquals(999, pair.server.unwrap(pair.toServer, target).bytesProduced());
    // Room for the first part only: the second waits.
    ByteBuffer small = ByteBuffer.allocate(1000 + 100);
    sent = pair.client.wrap(ByteBuffer.wrap(data), small);
    while (pair.client.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) {
      pair.toServer.clear().put(small.flip());
      assertEquals(
          SSLEngineResult.Status.OK,
          pair.client.wrap(ByteBuffer.allocate(0), pair.toServer).getStatus());
    }
    assertEquals(1000, sent.bytesConsumed());
  }

  private static void noCommonVersion() throws Exception {
    String[][][] cases = {{{"TLSv1"}, {"TLSv1.2"}}, {{"TLSv1.2"}, {"TLSv1"}}};
    for (String[][] versions : cases) {
      EnginePair pair = pair(Contexts.OURS, Contexts.OURS, Kind.RSA);
      pair.client.setEnabledProtocols(versions[0]);
      pair.server.setEnabledProtocols(versions[1]);
      Peers.Outcome outcome = Peers.run(pair);
      assertInstanceOf(SSLHandshakeException.class, outcome.client());
      assertInstanceOf(SSLHandshakeException.class, outcome.server());
      assertEquals(1, outcome.alerts().size());
      assertEquals(70, outcome.alerts().get(0)[6]);
    }
  }

  private static void versionsWithAGap() throws Exception {
    String[] gap = {"TLSv1", "TLSv1.2"};
    EnginePair pair = pair(Contexts.OURS, Contexts.OURS, Kind.RSA);
    pair.client.setEnabledProtocols(new String[] {"TLSv1", "TLSv1.1"});
    pair.server.setEnabledProtocols(gap);
    assertNull(Peers.run(pair).client());
    assertEquals("TLSv1", pair.client.getSession().getProtocol());
    pair = pair(Contexts.OURS, Contexts.OURS, Kind.RSA);
    pair.client.setEnabledProtocols(gap);
    pair.server.setEnabledProtocols(new String[] {"TLSv1", "TLSv1.1"});
    Peers.Outcome outcome = Peers.run(pair);
    assertInstanceOf(SSLHandshakeException.class, outcome.client());
    assertEquals("Received fatal alert: protocol_version", Peers.message(outcome.server()));
  }
}
