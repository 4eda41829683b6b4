package io.github.mbedtls4j.jsse;

import static io.github.mbedtls4j.jsse.Resumed.each;
import static io.github.mbedtls4j.jsse.Resumed.same;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import io.github.mbedtls4j.testing.ChildJvm;
import java.nio.ByteBuffer;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a resumed session is, by id and by ticket, with SunJSSE on either end. */
class EngineResumptionTest {
  /** In a JVM of its own: SunJSSE reads what is disabled once. */
  public static void main(String[] args) throws Exception {
    Security.setProperty("jdk.tls.disabledAlgorithms", "");
    for (String tickets : List.of("true", "false")) {
      System.setProperty(Resumed.TICKETS, tickets);
      oldVersions(Contexts.OURS, Contexts.SUN);
      oldVersions(Contexts.SUN, Contexts.OURS);
    }
    System.out.println("done");
  }

  private static void oldVersions(Provider client, Provider server) throws Exception {
    for (String version : List.of("TLSv1", "TLSv1.1")) {
      checkSuite(client, server, version, Kind.RSA, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA");
    }
  }

  private static void checkSuite(
      Provider client, Provider server, String version, Kind kind, String suite) throws Exception {
    Resumed contexts = Resumed.of(client, server, kind);
    Resumed.Setup setup =
        pair -> {
          pair.client.setEnabledCipherSuites(new String[] {suite});
          pair.server.setEnabledCipherSuites(new String[] {suite});
          pair.client.setEnabledProtocols(new String[] {version});
          pair.server.setEnabledProtocols(new String[] {"TLSv1", "TLSv1.1", "TLSv1.2"});
        };
    EnginePair first = contexts.connect(setup);
    EnginePair second = contexts.connect(setup);
    assertTrue(same(first, second));
    assertEquals(suite, second.server.getSession().getCipherSuite());
    assertEquals(version, second.server.getSession().getProtocol());
    checkData(second);
  }

  private static void checkData(EnginePair pair) throws Exception {
    byte[] data = Contexts.random(20_000);
    assertArrayEquals(data, pair.send(pair.client, data));
    assertArrayEquals(data, pair.send(pair.server, data));
  }

  @TestFactory
  Stream<DynamicTest> theSessionGoesOn() {
    return each(
        (client, server, tickets) -> {
          Resumed contexts = Resumed.of(client, server, Kind.RSA);
          EnginePair first = contexts.connect();
          SSLSession old = first.client.getSession();
          old.putValue("name", "value");
          for (int i = 0; i < 3; i++) {
            EnginePair next = contexts.connect();
            SSLSession session = next.client.getSession();
            assertSame(old, session);
            assertTrue(same(first, next));
            assertEquals("value", session.getValue("name"));
            assertTrue(session.isValid());
            assertTrue(next.server.getSession().isValid());
            assertEquals(old.getCipherSuite(), next.server.getSession().getCipherSuite());
            assertArrayEquals(TestPki.server(Kind.RSA).chain, session.getPeerCertificates());
            assertArrayEquals(
                TestPki.server(Kind.RSA).chain, next.server.getSession().getLocalCertificates());
            assertEquals("localhost", session.getPeerHost());
            assertEquals(443, session.getPeerPort());
            assertEquals(1, Resumed.count(contexts.client.getClientSessionContext()));
            assertSame(contexts.client.getClientSessionContext(), session.getSessionContext());
            checkData(next);
          }
        });
  }

  /** Ours keeps the session itself, whatever names it on the wire. */
  @TestFactory
  Stream<DynamicTest> theServersSessionIsTheSameObject() {
    return each(
        (client, server, tickets) -> {
          Resumed contexts = Resumed.of(client, server, Kind.EC);
          if (server instanceof MbedTlsJsseProvider) {
            SSLSession first = contexts.connect().server.getSession();
            assertSame(first, contexts.connect().server.getSession());
            assertSame(first, contexts.server.getServerSessionContext().getSession(first.getId()));
            assertEquals(1, Resumed.count(contexts.server.getServerSessionContext()));
          }
          if (client instanceof MbedTlsJsseProvider && server instanceof MbedTlsJsseProvider) {
            EnginePair pair = contexts.connect();
            assertArrayEquals(pair.client.getSession().getId(), pair.server.getSession().getId());
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> everySuiteResumes() {
    return PeerProcess.SuiteCase.all()
        .flatMap(
            suite ->
                each((client, server, tickets) ->
                        checkSuite(client, server, "TLSv1.2", suite.kind(), suite.suite()))
                    .map(
                        test ->
                            DynamicTest.dynamicTest(
                                suite.suite() + " " + test.getDisplayName(),
                                test.getExecutable())));
  }

  @Tag("disabledByDefault")
  @Test
  void oldVersionsOurs() throws Exception {
    oldVersions(Contexts.OURS, Contexts.OURS);
    Resumed.with(Resumed.TICKETS, false, () -> oldVersions(Contexts.OURS, Contexts.OURS));
  }

  @Test
  void oldVersionsWithSunJsse() throws Exception {
    ChildJvm.of(EngineResumptionTest.class).run().expect("done");
  }

  @TestFactory
  Stream<DynamicTest> theClientsChainIsKept() {
    return each(
        (client, server, tickets) -> {
          Resumed contexts =
              new Resumed(
                  Contexts.client(client, TestPki.client(Kind.EC)),
                  Contexts.server(server, TestPki.server(Kind.EC)));
          Resumed.Setup need = pair -> pair.server.setNeedClientAuth(true);
          EnginePair first = contexts.connect(need);
          EnginePair second = contexts.connect(need);
          assertTrue(same(first, second));
          assertArrayEquals(
              TestPki.client(Kind.EC).chain, second.server.getSession().getPeerCertificates());
          assertArrayEquals(
              TestPki.client(Kind.EC).chain, second.client.getSession().getLocalCertificates());
        });
  }

  @TestFactory
  Stream<DynamicTest> needClientAuthRefusesSessionsWithoutACertificate() {
    return each(
        (client, server, tickets) -> {
          Resumed contexts =
              new Resumed(
                  Contexts.client(client, TestPki.client(Kind.EC)),
                  Contexts.server(server, TestPki.server(Kind.EC)));
          EnginePair first = contexts.connect();
          EnginePair second = contexts.connect(pair -> pair.server.setNeedClientAuth(true));
          assertFalse(same(first, second));
          assertArrayEquals(
              TestPki.client(Kind.EC).chain, second.server.getSession().getPeerCertificates());
        });
  }

  /** Managers were asked when the session was made. */
  @TestFactory
  Stream<DynamicTest> noManagerIsAsked() {
    return Stream.of(true, false)
        .map(
            tickets ->
                DynamicTest.dynamicTest(
                    tickets ? "by ticket" : "by id",
                    () -> Resumed.with(Resumed.TICKETS, tickets, this::checkNobodyIsAsked)));
  }

  private void checkNobodyIsAsked() throws Exception {
    RecordingTrust clientTrust = new RecordingTrust();
    RecordingTrust serverTrust = new RecordingTrust();
    RecordingKeys clientKeys = new RecordingKeys(TestPki.client(Kind.EC));
    RecordingKeys serverKeys = new RecordingKeys(TestPki.server(Kind.EC));
    SSLContext client =
        Contexts.of(Contexts.OURS, clientKeys.array(), new RecordingTrust[] {clientTrust});
    SSLContext server =
        Contexts.of(Contexts.OURS, serverKeys.array(), new RecordingTrust[] {serverTrust});
    Resumed contexts = new Resumed(client, server);
    Resumed.Setup want = pair -> pair.server.setWantClientAuth(true);
    EnginePair first = contexts.connect(want);
    assertEquals(1, clientTrust.chains.size());
    assertEquals(1, serverTrust.chains.size());
    int asked = clientKeys.clientTypes.size() + serverKeys.serverTypes.size();
    assertTrue(contexts.resumes(first, want));
    assertEquals(1, clientTrust.chains.size());
    assertEquals(1, serverTrust.chains.size());
    assertEquals(asked, clientKeys.clientTypes.size() + serverKeys.serverTypes.size());
  }

  @TestFactory
  Stream<DynamicTest> applicationProtocolsAreChosenAnew() {
    return each(
        (client, server, tickets) -> {
          Resumed contexts = Resumed.of(client, server, Kind.EC);
          EnginePair first = contexts.connect();
          for (String name : List.of("h2", "http/1.1")) {
            EnginePair next =
                contexts.connect(
                    pair -> {
                      for (SSLEngine engine : List.of(pair.client, pair.server)) {
                        Resumed.parameters(
                            engine, p -> p.setApplicationProtocols(new String[] {name, "x"}));
                      }
                    });
            assertTrue(same(first, next));
            assertEquals(name, next.client.getApplicationProtocol());
            assertEquals(name, next.server.getApplicationProtocol());
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> invalidatedByTheClient() {
    return each(
        (client, server, tickets) -> {
          Resumed contexts = Resumed.of(client, server, Kind.EC);
          EnginePair first = contexts.connect();
          SSLSession session = first.client.getSession();
          session.invalidate();
          assertFalse(session.isValid());
          assertNull(session.getSessionContext());
          assertEquals(0, Resumed.count(contexts.client.getClientSessionContext()));
          assertNull(contexts.client.getClientSessionContext().getSession(session.getId()));
          // The connection itself goes on.
          checkData(first);
          assertFalse(contexts.resumes(first));
        });
  }

  @TestFactory
  Stream<DynamicTest> invalidatedByTheServer() {
    return each(
        (client, server, tickets) -> {
          if (server instanceof MbedTlsJsseProvider) {
            Resumed contexts = Resumed.of(client, server, Kind.EC);
            EnginePair first = contexts.connect();
            first.server.getSession().invalidate();
            assertEquals(0, Resumed.count(contexts.server.getServerSessionContext()));
            EnginePair second = contexts.connect();
            assertFalse(same(first, second));
            assertTrue(contexts.resumes(second));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aFatalAlertEndsTheSession() {
    return each(
        (client, server, tickets) -> {
          Resumed contexts = Resumed.of(client, server, Kind.EC);
          EnginePair first = contexts.connect();
          EnginePair second = contexts.connect();
          assertTrue(same(first, second));
          second.client.wrap(ByteBuffer.allocate(10), second.toServer);
          int last = second.toServer.position() - 1;
          second.toServer.put(last, (byte) (second.toServer.get(last) ^ 1));
          ByteBuffer target = ByteBuffer.allocate(20_000);
          assertThrows(
              SSLException.class, () -> second.server.unwrap(second.toServer.flip(), target));
          second.server.wrap(ByteBuffer.allocate(0), second.toClient);
          assertThrows(
              SSLException.class, () -> second.client.unwrap(second.toClient.flip(), target));
          assertFalse(first.client.getSession().isValid());
          assertFalse(contexts.resumes(first));
        });
  }
}
