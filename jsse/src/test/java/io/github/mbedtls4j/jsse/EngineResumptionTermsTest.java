package io.github.mbedtls4j.jsse;

import static io.github.mbedtls4j.jsse.Resumed.each;
import static io.github.mbedtls4j.jsse.Resumed.parameters;
import static io.github.mbedtls4j.jsse.Resumed.same;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmConstraints;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A session is resumed only where a full handshake would have come to the same result. */
class EngineResumptionTermsTest {
  private static final String EXTENDED_MASTER_SECRET = "jdk.tls.useExtendedMasterSecret";
  private static final String AES_128 = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
  private static final String AES_256 = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";

  private static Stream<DynamicTest> byBoth(Resumed.Body body) {
    return Stream.of(true, false)
        .map(
            tickets ->
                DynamicTest.dynamicTest(
                    tickets ? "by ticket" : "by id",
                    () -> Resumed.with(Resumed.TICKETS, tickets, body)));
  }

  /** One change of the client's settings makes a session of its own; without it, it goes on. */
  private static void checkClientsTerm(Resumed.Setup change) throws Exception {
    Resumed contexts = Resumed.ours();
    EnginePair plain = contexts.connect();
    EnginePair changed = contexts.connect(change);
    assertFalse(same(plain, changed));
    assertTrue(contexts.resumes(changed, change));
    assertTrue(contexts.resumes(plain));
  }

  @TestFactory
  Stream<DynamicTest> clientsSettings() {
    AlgorithmConstraints constraints = new Forbid(name -> false);
    return byBoth(
        () -> {
          checkClientsTerm(
              pair -> parameters(pair.client, p -> p.setEndpointIdentificationAlgorithm("HTTPS")));
          checkClientsTerm(
              pair ->
                  parameters(
                      pair.client, p -> p.setServerNames(List.of(new SNIHostName("other.test")))));
          checkClientsTerm(
              pair -> parameters(pair.client, p -> p.setAlgorithmConstraints(constraints)));
          checkClientsTerm(pair -> parameters(pair.client, p -> p.setMaximumPacketSize(5000)));
        });
  }

  @TestFactory
  Stream<DynamicTest> anotherPeer() {
    return byBoth(
        () -> {
          Resumed contexts = Resumed.ours();
          EnginePair first = contexts.connect();
          for (EnginePair other :
              List.of(contexts.pair("localhost", 444), contexts.pair("www.example.test", 443))) {
            other.handshake();
            assertFalse(same(first, other));
          }
          EnginePair upper = contexts.pair("LOCALHOST", 443);
          upper.handshake();
          assertTrue(same(first, upper));
          for (EnginePair nobody :
              List.of(contexts.pair(null, -1), contexts.pair(null, -1), contexts.pair("h.b", -1))) {
            nobody.handshake();
            assertFalse(same(first, nobody));
            assertTrue(nobody.client.getSession().isValid());
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> whatTheClientNoLongerEnables() {
    return each(
        (client, server, tickets) -> {
          Resumed contexts = Resumed.of(client, server, Kind.EC);
          EnginePair first = contexts.connect();
          assertEquals(AES_256, first.client.getSession().getCipherSuite());
          Resumed.Setup other = pair -> pair.client.setEnabledCipherSuites(new String[] {AES_128});
          EnginePair second = contexts.connect(other);
          assertFalse(same(first, second));
          assertEquals(AES_128, second.client.getSession().getCipherSuite());
        });
  }

  @TestFactory
  Stream<DynamicTest> whatTheServerNoLongerEnables() {
    return each(
        (client, server, tickets) -> {
          Resumed contexts = Resumed.of(client, server, Kind.EC);
          EnginePair first = contexts.connect();
          EnginePair second =
              contexts.connect(pair -> pair.server.setEnabledCipherSuites(new String[] {AES_128}));
          assertFalse(same(first, second));
          assertEquals(AES_128, second.server.getSession().getCipherSuite());
        });
  }

  /** Of several suites that both enable, a resumed session keeps the one that it was made with. */
  @TestFactory
  Stream<DynamicTest> theSuiteIsTheSessions() {
    return each(
        (client, server, tickets) -> {
          Resumed contexts = Resumed.of(client, server, Kind.EC);
          EnginePair first =
              contexts.connect(pair -> pair.server.setEnabledCipherSuites(new String[] {AES_128}));
          EnginePair second = contexts.connect();
          assertTrue(same(first, second));
          assertEquals(AES_128, second.server.getSession().getCipherSuite());
          assertEquals(
              "hello",
              new String(
                  second.send(second.client, "hello".getBytes(StandardCharsets.US_ASCII)),
                  StandardCharsets.US_ASCII));
        });
  }

  @Tag("disabledByDefault")
  @TestFactory
  Stream<DynamicTest> anotherProtocol() {
    return byBoth(
        () -> {
          Resumed contexts = Resumed.of(Contexts.OURS, Contexts.OURS, Kind.RSA);
          String suite = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA";
          Resumed.Setup old =
              pair -> {
                pair.client.setEnabledCipherSuites(new String[] {suite});
                pair.server.setEnabledCipherSuites(new String[] {suite});
                pair.client.setEnabledProtocols(new String[] {"TLSv1.1", "TLSv1.2"});
                pair.server.setEnabledProtocols(new String[] {"TLSv1.1"});
              };
          EnginePair first = contexts.connect(old);
          assertEquals("TLSv1.1", first.client.getSession().getProtocol());
          assertTrue(contexts.resumes(first, old));
          // The client would, the server is better than it was.
          Resumed.Setup better =
              pair -> {
                old.accept(pair);
                pair.server.setEnabledProtocols(new String[] {"TLSv1.1", "TLSv1.2"});
              };
          EnginePair second = contexts.connect(better);
          assertFalse(same(first, second));
          assertEquals("TLSv1.2", second.client.getSession().getProtocol());
          // The client would not.
          EnginePair third =
              contexts.connect(
                  pair -> {
                    old.accept(pair);
                    pair.client.setEnabledProtocols(new String[] {"TLSv1.1"});
                  });
          assertFalse(same(second, third));
          assertEquals("TLSv1.1", third.client.getSession().getProtocol());
        });
  }

  /** A client of ours would not ask with another name: this one is cut out of its hello. */
  @TestFactory
  Stream<DynamicTest> anotherServerName() {
    return byBoth(
        () -> {
          Resumed contexts = Resumed.of(Contexts.OURS, Contexts.OURS, Kind.EC);
          Resumed.Setup named =
              pair ->
                  parameters(
                      pair.client, p -> p.setServerNames(List.of(new SNIHostName("www.test"))));
          EnginePair first = contexts.connect(named);
          assertTrue(answersShortly(contexts, named, "www.test", "www.test"));
          assertFalse(answersShortly(contexts, named, "www.test", "wxw.test"));
          assertTrue(contexts.resumes(first, named));
        });
  }

  /** Whether the server resumes after a change in the client's hello: no certificate comes. */
  private static boolean answersShortly(
      Resumed contexts, Resumed.Setup setup, String from, String to) throws Exception {
    EnginePair pair = contexts.pair();
    setup.accept(pair);
    pair.client.wrap(ByteBuffer.allocate(0), pair.toServer);
    byte[] hello = Wires.drain(pair.toServer);
    Wires.replace(
        hello, from.getBytes(StandardCharsets.US_ASCII), to.getBytes(StandardCharsets.US_ASCII));
    return Wires.resumes(pair.server, hello);
  }

  @TestFactory
  Stream<DynamicTest> serversEndpointIdentification() {
    return byBoth(
        () -> {
          Resumed contexts =
              new Resumed(
                  Contexts.client(Contexts.OURS, TestPki.client(Kind.EC)),
                  Contexts.server(Contexts.OURS, TestPki.server(Kind.EC)));
          EnginePair first = contexts.connect();
          EnginePair second =
              contexts.connect(
                  pair ->
                      parameters(pair.server, p -> p.setEndpointIdentificationAlgorithm("HTTPS")));
          assertFalse(same(first, second));
        });
  }

  @TestFactory
  Stream<DynamicTest> contextsNeverShare() {
    return each(
        (client, server, tickets) -> {
          Resumed one = Resumed.of(client, server, Kind.EC);
          Resumed two = Resumed.of(client, server, Kind.EC);
          EnginePair first = one.connect();
          assertFalse(two.resumes(first));
          // The client asks another server for what only the first knows.
          assertFalse(new Resumed(one.client, two.server).resumes(first));
        });
  }

  @TestFactory
  Stream<DynamicTest> sessionCreationForbidden() {
    return each(
        (client, server, tickets) -> {
          Resumed contexts = Resumed.of(client, server, Kind.EC);
          EnginePair refused = contexts.pair();
          refused.client.setEnableSessionCreation(false);
          Peers.Outcome outcome = Peers.run(refused);
          assertInstanceOf(SSLHandshakeException.class, outcome.client());
          assertEquals(
              "No new session is allowed and no existing session can be resumed",
              Peers.message(outcome.client()));
          assertEquals("Received fatal alert: handshake_failure", Peers.message(outcome.server()));
          EnginePair first = contexts.connect();
          assertTrue(
              contexts.resumes(
                  first,
                  pair -> {
                    pair.client.setEnableSessionCreation(false);
                    pair.server.setEnableSessionCreation(false);
                  }));
          EnginePair elsewhere =
              new Resumed(contexts.client, Contexts.server(server, TestPki.server(Kind.EC))).pair();
          elsewhere.client.setEnableSessionCreation(false);
          outcome = Peers.run(elsewhere);
          assertInstanceOf(SSLHandshakeException.class, outcome.client());
          assertEquals("New session creation is disabled", Peers.message(outcome.client()));
          assertEquals("Received fatal alert: protocol_version", Peers.message(outcome.server()));
        });
  }

  @Test
  void sessionCreationForbiddenToTheServer() throws Exception {
    EnginePair pair = Resumed.ours().pair();
    pair.server.setEnableSessionCreation(false);
    Peers.Outcome outcome = Peers.run(pair);
    assertInstanceOf(SSLHandshakeException.class, outcome.server());
    assertEquals("Not resumption, and no new session is allowed", Peers.message(outcome.server()));
    assertEquals("Received fatal alert: handshake_failure", Peers.message(outcome.client()));
  }

  /** RFC 7627 section 5.3: the session had it, the new hello has not. */
  @TestFactory
  Stream<DynamicTest> extendedMasterSecretIsMissing() {
    return byBoth(
        () -> {
          Resumed contexts = Resumed.ours();
          EnginePair first = contexts.connect();
          // Our own client does not even ask.
          Resumed.with(EXTENDED_MASTER_SECRET, false, () -> assertFalse(contexts.resumes(first)));
          EnginePair second = contexts.connect();
          EnginePair pair = contexts.pair();
          pair.client.wrap(ByteBuffer.allocate(0), pair.toServer);
          byte[] hello = Wires.drain(pair.toServer);
          hello[Wires.extension(hello, 23)] = (byte) 0xFA;
          SSLException e = Wires.failure(pair.server, hello);
          assertInstanceOf(SSLHandshakeException.class, e);
          assertEquals(
              "Missing Extended Master Secret extension on session resumption", e.getMessage());
          // Anybody can send such a hello: it must not cost the session.
          assertTrue(contexts.resumes(second));
        });
  }

  /** RFC 7627 section 5.3: servers make a full handshake of it, whatever the new hello has. */
  @TestFactory
  Stream<DynamicTest> extendedMasterSecretWasMissing() {
    return each(
        (client, server, tickets) -> {
          if (client instanceof MbedTlsJsseProvider) {
            Resumed contexts = Resumed.of(client, server, Kind.EC);
            // SunJSSE reads the properties once: now.
            contexts.pair();
            Resumed.Setup without =
                pair -> Resumed.with(EXTENDED_MASTER_SECRET, false, pair.client::beginHandshake);
            EnginePair first = contexts.connect(without);
            assertFalse(contexts.resumes(first, without));
            first = contexts.connect(without);
            assertFalse(contexts.resumes(first));
            assertTrue(first.client.getSession().isValid());
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> extendedMasterSecretSwitchedOff() {
    return byBoth(
        () ->
            Resumed.with(
                EXTENDED_MASTER_SECRET,
                false,
                () -> {
                  Resumed contexts = Resumed.ours();
                  EnginePair first = contexts.connect();
                  assertTrue(contexts.resumes(first));
                  Resumed.with(
                      "jdk.tls.allowLegacyResumption",
                      false,
                      () -> assertFalse(contexts.resumes(first)));
                }));
  }

  /** The peer must not change its mind about EMS in a resumed ServerHello. */
  @TestFactory
  Stream<DynamicTest> theServerDropsExtendedMasterSecret() {
    return byBoth(
        () -> {
          Resumed contexts = Resumed.ours();
          EnginePair first = contexts.connect();
          EnginePair pair = contexts.pair();
          pair.client.beginHandshake();
          pair.server.beginHandshake();
          EnginePair.step(pair.client, pair.toClient, pair.toServer);
          while (pair.toClient.position() == 0) {
            EnginePair.step(pair.server, pair.toServer, pair.toClient);
          }
          byte[] hello = Wires.drain(pair.toClient);
          hello[Wires.extension(hello, 23)] = (byte) 0xFA;
          SSLException e = Wires.failure(pair.client, hello);
          assertInstanceOf(SSLHandshakeException.class, e);
          assertFalse(first.client.getSession().isValid());
          assertNull(pair.client.getHandshakeSession());
        });
  }
}
