package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.mbedtls4j.jsse.TestPki.Identity;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A client's trust managers: what they are asked, and what becomes of their answers. */
class EngineTrustTest {
  private static EnginePair pair(Provider server, TrustManager[] trust, Identity identity)
      throws Exception {
    SSLContext client = Contexts.of(Contexts.OURS, null, trust);
    return Peers.pair(
        client.createSSLEngine("localhost", 443),
        Contexts.server(server, identity).createSSLEngine());
  }

  private static EnginePair pair(TrustManager trust, Identity identity) throws Exception {
    return pair(Contexts.SUN, new TrustManager[] {trust}, identity);
  }

  @TestFactory
  Stream<DynamicTest> questionsAsSunJsseAsksThem() {
    return Stream.of(
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_RSA_WITH_AES_128_GCM_SHA256")
        .map(
            suite ->
                DynamicTest.dynamicTest(
                    suite,
                    () -> {
                      Identity identity =
                          TestPki.server(suite.contains("ECDSA") ? Kind.EC : Kind.RSA);
                      RecordingTrust[] asked = {new RecordingTrust(), new RecordingTrust()};
                      for (int i = 0; i < 2; i++) {
                        SSLContext client =
                            Contexts.of(
                                i == 0 ? Contexts.SUN : Contexts.OURS,
                                null,
                                new TrustManager[] {asked[i]});
                        EnginePair pair =
                            Peers.pair(
                                client.createSSLEngine("localhost", 443),
                                Contexts.server(Contexts.SUN, identity).createSSLEngine());
                        pair.client.setEnabledCipherSuites(new String[] {suite});
                        pair.server.setEnabledCipherSuites(new String[] {suite});
                        pair.handshake();
                        assertEquals(1, asked[i].chains.size());
                        assertArrayEquals(identity.chain, asked[i].chains.get(0));
                        assertSame(pair.client, asked[i].engines.get(0));
                        assertEquals("TLSv1.2", asked[i].sessions.get(0).getProtocol());
                        assertEquals(suite, asked[i].sessions.get(0).getCipherSuite());
                        assertEquals("localhost", asked[i].sessions.get(0).getPeerHost());
                      }
                      assertEquals(asked[0].authTypes, asked[1].authTypes);
                    }));
  }

  @Test
  void refusalIsTheCauseAndThePeerIsTold() throws Exception {
    RecordingTrust trust = new RecordingTrust();
    trust.refusal = new CertificateException("no such friend");
    EnginePair pair = pair(trust, TestPki.server(Kind.EC));
    Peers.Outcome outcome = Peers.run(pair);
    assertInstanceOf(SSLHandshakeException.class, outcome.client());
    assertEquals("no such friend", outcome.client().getMessage());
    assertSame(trust.refusal, outcome.client().getCause());
    assertAlert(46, outcome);
    assertInstanceOf(SSLHandshakeException.class, outcome.server());
    assertEquals("Received fatal alert: certificate_unknown", outcome.server().getMessage());
    assertThrows(
        SSLPeerUnverifiedException.class, () -> pair.client.getSession().getPeerCertificates());
  }

  private static void assertAlert(int description, Peers.Outcome outcome) {
    assertEquals(1, outcome.alerts().size());
    assertArrayEquals(new byte[] {21, 3, 3, 0, 2, 2, (byte) description}, outcome.alerts().get(0));
  }

  @Test
  void brokenTrustManagerFailsClosed() throws Exception {
    RecordingTrust trust = new RecordingTrust();
    trust.refusal = new IllegalStateException("bug");
    Peers.Outcome outcome = Peers.run(pair(trust, TestPki.server(Kind.EC)));
    assertSame(trust.refusal, outcome.client().getCause());
    assertAlert(80, outcome);
    assertNotNull(outcome.server());
  }

  @Test
  void errorInATrustManagerFailsClosed() throws Exception {
    RecordingTrust trust =
        new RecordingTrust() {
          @Override
          public void checkServerTrusted(
              X509Certificate[] chain, String authType, javax.net.ssl.SSLEngine engine) {
            throw new StackOverflowError();
          }
        };
    Peers.Outcome outcome = Peers.run(pair(trust, TestPki.server(Kind.EC)));
    assertInstanceOf(StackOverflowError.class, outcome.client().getCause());
    assertAlert(80, outcome);
  }

  @Test
  void expiredCertificate() throws Exception {
    Identity expired =
        TestCertificates.of("CN=expired", "EC").by(TestPki.root(Kind.EC)).days(-9, -1).make();
    Peers.Outcome outcome = Peers.run(pair(Contexts.SUN, TestPki.trust(), expired));
    assertInstanceOf(CertificateException.class, outcome.client().getCause());
    assertAlert(45, outcome);
    assertEquals("Received fatal alert: certificate_expired", outcome.server().getMessage());
    RecordingTrust trust = new RecordingTrust();
    trust.refusal = new CertificateExpiredException("yesterday");
    assertAlert(45, Peers.run(pair(trust, TestPki.server(Kind.EC))));
  }

  @TestFactory
  Stream<DynamicTest> unknownAuthority() {
    return Stream.of(Contexts.OURS, Contexts.SUN)
        .map(
            server ->
                DynamicTest.dynamicTest(
                    server.getName(),
                    () -> {
                      Identity stranger = TestCertificates.of("CN=localhost", "EC").make();
                      Peers.Outcome outcome = Peers.run(pair(server, TestPki.trust(), stranger));
                      assertInstanceOf(SSLHandshakeException.class, outcome.client());
                      assertInstanceOf(CertificateException.class, outcome.client().getCause());
                      assertAlert(46, outcome);
                      assertEquals(
                          "Received fatal alert: certificate_unknown",
                          outcome.server().getMessage());
                    }));
  }

  @Test
  void noTrustManagerTrustsNobody() throws Exception {
    Peers.Outcome outcome =
        Peers.run(pair(Contexts.SUN, new TrustManager[0], TestPki.server(Kind.EC)));
    assertInstanceOf(CertificateException.class, outcome.client().getCause());
    assertEquals(
        "No X509TrustManager implementation available", outcome.client().getCause().getMessage());
    assertAlert(46, outcome);
  }

  @Test
  void trustManagerOfTheJdkByDefault() throws Exception {
    // Java's own root certificates do not know the test's.
    Peers.Outcome outcome = Peers.run(pair(Contexts.SUN, null, TestPki.server(Kind.EC)));
    assertInstanceOf(CertificateException.class, outcome.client().getCause());
  }

  @Test
  void everybodyIsTrustedIfTheTrustManagerSaysSo() throws Exception {
    Identity stranger =
        TestCertificates.of("CN=any", "RSA").by(TestPki.client(Kind.EC)).days(-9, -1).make();
    EnginePair pair = pair(new RecordingTrust(), stranger);
    pair.handshake();
    assertArrayEquals(stranger.chain, pair.client.getSession().getPeerCertificates());
    assertEquals("CN=any", pair.client.getSession().getPeerPrincipal().getName());
    assertThrows(
        SSLPeerUnverifiedException.class, () -> pair.server.getSession().getPeerCertificates());
    assertThrows(
        SSLPeerUnverifiedException.class, () -> pair.server.getSession().getPeerPrincipal());
  }

  @Test
  void plainTrustManager() throws Exception {
    RecordingTrust inner = new RecordingTrust();
    X509TrustManager plain =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new IllegalStateException();
          }

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String authType)
              throws CertificateException {
            inner.checkServerTrusted(chain, authType);
          }

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    pair(plain, TestPki.server(Kind.RSA)).handshake();
    assertEquals(List.of("ECDHE_RSA"), inner.authTypes);
    assertNull(inner.engines.get(0));
    inner.refusal = new CertificateException("changed my mind");
    assertSame(inner.refusal, Peers.run(pair(plain, TestPki.server(Kind.RSA))).client().getCause());
  }

  @Test
  void trustManagerCannotChangeTheChain() throws Exception {
    RecordingTrust trust =
        new RecordingTrust() {
          @Override
          public void checkServerTrusted(
              X509Certificate[] chain, String authType, javax.net.ssl.SSLEngine engine) {
            chain[0] = null;
          }
        };
    EnginePair pair = pair(trust, TestPki.server(Kind.EC));
    pair.handshake();
    assertArrayEquals(
        TestPki.server(Kind.EC).chain, pair.client.getSession().getPeerCertificates());
  }
}
