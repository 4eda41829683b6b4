package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Key managers that name an alias of which they have no key or no certificate, as those with a
 * configured alias may: the handshake goes on without, at both providers.
 */
class KeyManagerGapsTest {
  /** What a key manager lacks for its first alias. */
  private enum Gap {
    KEY,
    CHAIN,
    CERTIFICATES
  }

  /** Has everything for its second alias alone. */
  private static final class Keys extends RecordingKeys {
    private final Gap gap;

    Keys(Gap gap, TestPki.Identity... all) {
      super(all);
      this.gap = gap;
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return alias.equals("alias0") && gap == Gap.KEY ? null : super.getPrivateKey(alias);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      if (!alias.equals("alias0") || gap == Gap.KEY) {
        return super.getCertificateChain(alias);
      }
      return gap == Gap.CHAIN ? null : new X509Certificate[0];
    }
  }

  /** What a test does with a key manager's gap and a pair of providers. */
  private interface Body {
    void run(Gap gap, Provider client, Provider server) throws Exception;
  }

  private static Stream<DynamicTest> each(Body body) {
    return Arrays.stream(Gap.values())
        .flatMap(
            gap ->
                Stream.concat(
                        Peers.each((client, server) -> body.run(gap, client, server)),
                        Stream.of(
                            DynamicTest.dynamicTest(
                                "SunJSSE alone", () -> body.run(gap, Contexts.SUN, Contexts.SUN))))
                    .map(
                        test ->
                            DynamicTest.dynamicTest(
                                gap + ", " + test.getDisplayName(), test.getExecutable())));
  }

  private static EnginePair pair(SSLEngine client, SSLEngine server) {
    return Peers.pair(client, server);
  }

  @TestFactory
  Stream<DynamicTest> aServerTakesItsOtherKey() {
    return each(
        (gap, client, server) -> {
          Keys keys = new Keys(gap, TestPki.server(Kind.EC), TestPki.server(Kind.RSA));
          EnginePair pair =
              pair(
                  Contexts.client(client).createSSLEngine("localhost", 443),
                  Contexts.of(server, keys.array(), TestPki.trust()).createSSLEngine());
          pair.handshake();
          assertEquals(
              "RSA",
              pair.client.getSession().getPeerCertificates()[0].getPublicKey().getAlgorithm());
        });
  }

  @TestFactory
  Stream<DynamicTest> aServerWithoutAnotherKeyHasNoSuite() {
    return each(
        (gap, client, server) -> {
          Keys keys = new Keys(gap, TestPki.server(Kind.EC));
          Peers.Outcome outcome =
              Peers.run(
                  pair(
                      Contexts.client(client).createSSLEngine("localhost", 443),
                      Contexts.of(server, keys.array(), TestPki.trust()).createSSLEngine()));
          assertInstanceOf(SSLHandshakeException.class, outcome.server());
          assertEquals("no cipher suites in common", Peers.message(outcome.server()));
          assertEquals("Received fatal alert: handshake_failure", Peers.message(outcome.client()));
        });
  }

  @TestFactory
  Stream<DynamicTest> aClientSendsNoCertificate() {
    return each(
        (gap, client, server) -> {
          Keys keys = new Keys(gap, TestPki.client(Kind.EC));
          EnginePair pair =
              pair(
                  Contexts.of(client, keys.array(), TestPki.trust())
                      .createSSLEngine("localhost", 443),
                  Contexts.server(server, TestPki.server(Kind.EC)).createSSLEngine());
          pair.server.setWantClientAuth(true);
          pair.handshake();
          SSLSession atServer = pair.server.getSession();
          assertThrows(SSLPeerUnverifiedException.class, atServer::getPeerCertificates);
          assertNull(pair.client.getSession().getLocalCertificates());
        });
  }

  /** The names in CertificateRequest follow a trust manager that is reloaded. */
  @Test
  void theNamesOfTheIssuersAreThoseOfTheMoment() throws Exception {
    RecordingTrust trust = new RecordingTrust();
    RecordingKeys keys = new RecordingKeys(TestPki.client(Kind.EC));
    var clients = Contexts.of(Contexts.OURS, keys.array(), TestPki.trust());
    var servers =
        Contexts.of(
            Contexts.OURS,
            TestPki.keys(TestPki.server(Kind.EC)),
            new javax.net.ssl.TrustManager[] {trust});
    for (Kind kind : new Kind[] {Kind.EC, Kind.RSA, Kind.EC}) {
      trust.issuers = new X509Certificate[] {TestPki.root(kind).leaf()};
      EnginePair pair = pair(clients.createSSLEngine(), servers.createSSLEngine());
      pair.server.setNeedClientAuth(true);
      pair.handshake();
      assertEquals(1, keys.issuers.length);
      Principal issuer = TestPki.root(kind).leaf().getSubjectX500Principal();
      assertEquals(issuer, keys.issuers[0]);
    }
  }
}
