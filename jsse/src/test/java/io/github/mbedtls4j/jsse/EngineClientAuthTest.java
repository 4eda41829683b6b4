package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Identity;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.security.Principal;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Certificates of clients, wanted or needed. */
class EngineClientAuthTest {
  private static EnginePair pair(
      Provider client, Provider server, KeyManager[] keys, TrustManager[] trust) throws Exception {
    SSLContext asking = Contexts.of(server, TestPki.keys(TestPki.server(Kind.RSA)), trust);
    return Peers.pair(
        Contexts.of(client, keys, TestPki.trust()).createSSLEngine("localhost", 443),
        asking.createSSLEngine());
  }

  @TestFactory
  Stream<DynamicTest> neededAndSent() {
    return Arrays.stream(Kind.values())
        .flatMap(
            kind ->
                Peers.each(
                    (client, server) -> {
                      Identity identity = TestPki.client(kind);
                      EnginePair pair =
                          pair(client, server, TestPki.keys(identity), TestPki.trust());
                      pair.server.setNeedClientAuth(true);
                      pair.handshake();
                      SSLSession atServer = pair.server.getSession();
                      SSLSession atClient = pair.client.getSession();
                      assertArrayEquals(identity.chain, atServer.getPeerCertificates());
                      assertArrayEquals(identity.chain, atClient.getLocalCertificates());
                      assertEquals(atServer.getPeerPrincipal(), atClient.getLocalPrincipal());
                      assertEquals(atClient.getPeerPrincipal(), atServer.getLocalPrincipal());
                      assertArrayEquals(
                          TestPki.server(Kind.RSA).chain, atServer.getLocalCertificates());
                      byte[] data = Contexts.random(1000);
                      assertArrayEquals(data, pair.send(pair.client, data));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> wantedAndNotSent() {
    return Peers.each(
        (client, server) -> {
          EnginePair pair = pair(client, server, null, TestPki.trust());
          pair.server.setWantClientAuth(true);
          pair.handshake();
          assertThrows(
              SSLPeerUnverifiedException.class, () -> pair.server.getSession().getPeerPrincipal());
          assertNull(pair.client.getSession().getLocalCertificates());
          assertNull(pair.client.getSession().getLocalPrincipal());
        });
  }

  @TestFactory
  Stream<DynamicTest> neededAndNotSent() {
    return Peers.each(
        (client, server) -> {
          EnginePair pair = pair(client, server, null, TestPki.trust());
          pair.server.setNeedClientAuth(true);
          Peers.Outcome outcome = Peers.run(pair);
          assertInstanceOf(SSLHandshakeException.class, outcome.server());
          assertEquals("Empty client certificate chain", outcome.server().getMessage());
          assertEquals(1, outcome.alerts().size());
          assertEquals("Received fatal alert: bad_certificate", outcome.client().getMessage());
          assertInstanceOf(SSLHandshakeException.class, outcome.client());
        });
  }

  @TestFactory
  Stream<DynamicTest> untrusted() {
    return Stream.of(true, false)
        .flatMap(
            need ->
                Peers.each(
                    (client, server) -> {
                      Identity stranger = TestCertificates.of("CN=stranger", "EC").make();
                      RecordingKeys keys = new RecordingKeys(stranger);
                      EnginePair pair = pair(client, server, keys.array(), TestPki.trust());
                      pair.server.setWantClientAuth(true);
                      pair.server.setNeedClientAuth(need);
                      if (!need) {
                        pair.server.setWantClientAuth(true);
                      }
                      Peers.Outcome outcome = Peers.run(pair);
                      assertInstanceOf(CertificateException.class, outcome.server().getCause());
                      assertEquals(
                          "Received fatal alert: certificate_unknown",
                          outcome.client().getMessage());
                    }));
  }

  @Test
  void questionsToTheTrustManagerAreSunJsses() throws Exception {
    for (Kind kind : Kind.values()) {
      RecordingTrust[] asked = {new RecordingTrust(), new RecordingTrust()};
      for (int i = 0; i < 2; i++) {
        EnginePair pair =
            pair(
                Contexts.SUN,
                i == 0 ? Contexts.SUN : Contexts.OURS,
                TestPki.keys(TestPki.client(kind)),
                new TrustManager[] {asked[i]});
        pair.server.setNeedClientAuth(true);
        pair.handshake();
        assertArrayEquals(TestPki.client(kind).chain, asked[i].chains.get(0));
        assertSame(pair.server, asked[i].engines.get(0));
      }
      assertEquals(asked[0].authTypes, asked[1].authTypes);
    }
  }

  @Test
  void questionsToTheKeyManagerAreSunJsses() throws Exception {
    RecordingTrust trust = new RecordingTrust();
    trust.issuers =
        new X509Certificate[] {TestPki.root(Kind.EC).leaf(), TestPki.root(Kind.RSA).leaf()};
    for (Provider server : List.of(Contexts.SUN, Contexts.OURS)) {
      RecordingKeys[] asked = {
        new RecordingKeys(TestPki.client(Kind.EC)), new RecordingKeys(TestPki.client(Kind.EC))
      };
      for (int i = 0; i < 2; i++) {
        EnginePair pair =
            pair(
                i == 0 ? Contexts.SUN : Contexts.OURS,
                server,
                asked[i].array(),
                new TrustManager[] {trust});
        pair.server.setNeedClientAuth(true);
        pair.handshake();
        assertArrayEquals(
            Arrays.stream(trust.issuers)
                .map(X509Certificate::getSubjectX500Principal)
                .toArray(Principal[]::new),
            asked[i].issuers);
      }
      assertEquals(List.of("EC", "RSA"), asked[1].clientTypes.stream().sorted().toList());
      // SunJSSE can sign with more kinds of keys.
      assertTrue(asked[0].clientTypes.containsAll(asked[1].clientTypes));
    }
  }

  @Test
  void noIssuersAreNamed() throws Exception {
    RecordingKeys[] asked = {
      new RecordingKeys(TestPki.client(Kind.EC)), new RecordingKeys(TestPki.client(Kind.EC))
    };
    for (int i = 0; i < 2; i++) {
      EnginePair pair =
          pair(
              i == 0 ? Contexts.SUN : Contexts.OURS,
              Contexts.OURS,
              asked[i].array(),
              new TrustManager[] {new RecordingTrust()});
      pair.server.setNeedClientAuth(true);
      pair.handshake();
    }
    assertArrayEquals(asked[0].issuers, asked[1].issuers);
  }

  @Test
  void keyManagerThatThrowsFailsClosed() throws Exception {
    RecordingKeys keys =
        new RecordingKeys() {
          @Override
          public String chooseEngineClientAlias(
              String[] keyTypes, Principal[] names, javax.net.ssl.SSLEngine engine) {
            throw new IllegalStateException("bug");
          }
        };
    EnginePair pair = pair(Contexts.OURS, Contexts.SUN, keys.array(), TestPki.trust());
    pair.server.setWantClientAuth(true);
    Peers.Outcome outcome = Peers.run(pair);
    assertInstanceOf(IllegalStateException.class, outcome.client().getCause());
    assertEquals("Received fatal alert: internal_error", outcome.server().getMessage());
  }

  @Test
  void keyOfAnotherCertificate() throws Exception {
    Identity wrong = new Identity(TestPki.server(Kind.EC).key, TestPki.client(Kind.EC).chain);
    EnginePair pair =
        pair(Contexts.OURS, Contexts.OURS, new RecordingKeys(wrong).array(), TestPki.trust());
    pair.server.setNeedClientAuth(true);
    Peers.Outcome outcome = Peers.run(pair);
    assertNotNull(outcome.server());
    assertNotNull(outcome.client());
  }
}
