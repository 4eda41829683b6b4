package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.nio.ByteBuffer;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which suite, protocol and group two ends agree on, or that they do not. */
class EngineNegotiationTest {
  private static final String AES_128 = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
  private static final String AES_256 = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
  private static final String CHACHA = "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256";

  @TestFactory
  Stream<DynamicTest> noCommonSuite() {
    return Peers.each(
        (client, server) -> {
          EnginePair pair = Peers.pair(client, server, Kind.RSA);
          pair.client.setEnabledCipherSuites(new String[] {AES_128});
          pair.server.setEnabledCipherSuites(new String[] {AES_256});
          Peers.Outcome outcome = Peers.run(pair);
          assertInstanceOf(SSLHandshakeException.class, outcome.server());
          assertInstanceOf(SSLHandshakeException.class, outcome.client());
          assertEquals("no cipher suites in common", Peers.message(outcome.server()));
          assertEquals("Received fatal alert: handshake_failure", Peers.message(outcome.client()));
          assertEquals(1, outcome.alerts().size());
        });
  }

  @TestFactory
  Stream<DynamicTest> suitesThatTheKeyCannotServe() {
    return Peers.each(
        (client, server) -> {
          EnginePair pair = Peers.pair(client, server, Kind.EC);
          pair.client.setEnabledCipherSuites(new String[] {AES_128});
          Peers.Outcome outcome = Peers.run(pair);
          assertInstanceOf(SSLHandshakeException.class, outcome.server());
          assertEquals("Received fatal alert: handshake_failure", Peers.message(outcome.client()));
        });
  }

  @TestFactory
  Stream<DynamicTest> orderOfTheServerOrTheClient() {
    return Peers.each(
        (client, server) -> {
          for (boolean serverOrder : new boolean[] {true, false}) {
            EnginePair pair = Peers.pair(client, server, Kind.RSA);
            pair.client.setEnabledCipherSuites(new String[] {AES_256, CHACHA, AES_128});
            SSLParameters parameters = pair.server.getSSLParameters();
            parameters.setCipherSuites(new String[] {AES_128, CHACHA});
            parameters.setUseCipherSuitesOrder(serverOrder);
            pair.server.setSSLParameters(parameters);
            pair.handshake();
            assertEquals(serverOrder ? AES_128 : CHACHA, pair.client.getSession().getCipherSuite());
          }
        });
  }

  @Test
  void certificateOfTheChosenSuiteIsTheLocalOne() throws Exception {
    for (Kind kind : Kind.values()) {
      EnginePair pair =
          Peers.pair(
              Contexts.client(Contexts.SUN).createSSLEngine(),
              Contexts.of(
                      Contexts.OURS,
                      new RecordingKeys(TestPki.server(Kind.EC), TestPki.server(Kind.RSA)).array(),
                      TestPki.trust())
                  .createSSLEngine());
      pair.client.setEnabledCipherSuites(
          new String[] {AES_128.replace("RSA", kind == Kind.EC ? "ECDSA" : "RSA")});
      // The server has both kinds of suites in mind.
      pair.handshake();
      assertArrayEquals(
          TestPki.server(kind).chain, pair.server.getSession().getLocalCertificates());
      assertArrayEquals(TestPki.server(kind).chain, pair.client.getSession().getPeerCertificates());
    }
  }

  @Test
  void preferredKeyOfTwo() throws Exception {
    EnginePair pair =
        Peers.pair(
            Contexts.client(Contexts.OURS).createSSLEngine(),
            Contexts.of(
                    Contexts.OURS,
                    new RecordingKeys(TestPki.server(Kind.EC), TestPki.server(Kind.RSA)).array(),
                    TestPki.trust())
                .createSSLEngine());
    pair.handshake();
    assertEquals(
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", pair.client.getSession().getCipherSuite());
    assertArrayEquals(
        TestPki.server(Kind.EC).chain, pair.server.getSession().getLocalCertificates());
  }

  @Test
  void noCommonVersion() throws Exception {
    EnginePair pair = Peers.pair(Contexts.OURS, Contexts.SUN, Kind.RSA);
    pair.server.setEnabledProtocols(new String[] {"TLSv1.3"});
    Peers.Outcome outcome = Peers.run(pair);
    assertEquals("Received fatal alert: protocol_version", Peers.message(outcome.client()));
    assertInstanceOf(SSLHandshakeException.class, outcome.client());
  }

  /** The hello of TLS 1.3 says 1.2 and means it only if an extension says so too. */
  @Test
  void aClientOfVersion13Alone() throws Exception {
    for (Provider server : List.of(Contexts.OURS, Contexts.SUN)) {
      EnginePair pair = Peers.pair(Contexts.SUN, server, Kind.RSA);
      pair.client.setEnabledProtocols(new String[] {"TLSv1.3"});
      Peers.Outcome outcome = Peers.run(pair);
      assertInstanceOf(SSLHandshakeException.class, outcome.server());
      assertTrue(outcome.server().getMessage().contains("[TLSv1.2]"), outcome.server()::toString);
      assertEquals("Received fatal alert: protocol_version", Peers.message(outcome.client()));
    }
  }

  @Test
  void sunJsseWithVersion13EnabledComesDown() throws Exception {
    EnginePair pair = Peers.pair(Contexts.SUN, Contexts.OURS, Kind.RSA);
    pair.client.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    pair.handshake();
    assertEquals("TLSv1.2", pair.client.getSession().getProtocol());
    pair = Peers.pair(Contexts.OURS, Contexts.SUN, Kind.RSA);
    pair.server.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    pair.handshake();
    assertEquals("TLSv1.2", pair.client.getSession().getProtocol());
  }

  @Test
  void x25519ComesFirst() throws Exception {
    EnginePair pair = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.EC);
    pair.client.wrap(ByteBuffer.allocate(0), pair.toServer);
    List<Integer> groups = groups(Wires.drain(pair.toServer));
    assertEquals(29, groups.get(0));
    assertEquals(23, groups.get(1));
    assertEquals(groups.size(), groups.stream().distinct().count());
  }

  /** The supported_groups of the ClientHello in a record. */
  private static List<Integer> groups(byte[] hello) {
    ByteBuffer in = ByteBuffer.wrap(hello).position(Wires.extension(hello, 10) + 4);
    List<Integer> groups = new ArrayList<>();
    for (int end = in.getShort() + in.position(); in.position() < end; ) {
      groups.add((int) in.getShort());
    }
    return groups;
  }
}
