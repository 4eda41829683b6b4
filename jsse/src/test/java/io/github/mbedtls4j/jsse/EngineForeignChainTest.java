package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Identity;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;

/**
 * Chains that Java reads and Mbed TLS does not. Mbed TLS leaves out certificates whose signature
 * algorithm it does not know: a chain's first certificate for Java need not be the first for it.
 */
class EngineForeignChainTest {
  private static Peers.Outcome run(Identity identity, X509Certificate anchor) throws Exception {
    return Peers.run(pair(identity, anchor));
  }

  private static EnginePair pair(Identity identity, X509Certificate anchor) throws Exception {
    SSLContext client = Contexts.of(Contexts.OURS, null, TestPki.trust(anchor));
    return Peers.pair(
        client.createSSLEngine("localhost", 443),
        Contexts.of(Contexts.SUN, new RecordingKeys(identity).array(), TestPki.trust())
            .createSSLEngine());
  }

  @Test
  void rootWithEd25519IsOnlyForJava() throws Exception {
    Identity root = TestCertificates.of("CN=Ed root", "Ed25519").ca().make();
    Identity between = TestCertificates.of("CN=EC between", "EC").by(root).ca().make();
    Identity leaf = TestCertificates.of("CN=localhost", "EC").by(between).make();
    Identity chain = new Identity(leaf.key, leaf.leaf(), between.leaf(), root.leaf());
    EnginePair pair = pair(chain, root.leaf());
    pair.handshake();
    assertArrayEquals(chain.chain, pair.client.getSession().getPeerCertificates());
  }

  @Test
  void leafSignedWithEd25519IsRefused() throws Exception {
    Identity root = TestCertificates.of("CN=Ed root", "Ed25519").ca().make();
    Identity leaf = TestCertificates.of("CN=localhost", "EC").by(root).make();
    Peers.Outcome outcome = run(leaf, root.leaf());
    assertTrue(outcome.client() instanceof SSLHandshakeException, "" + outcome.client());
    assertEquals(1, outcome.alerts().size());
  }

  /**
   * The victim's certificate is public; the attacker sends it first, where Mbed TLS passes over it,
   * and behind it one of his own, in which it is contained.
   */
  @Test
  void certificateInsideAnotherIsNotTheOneUsed() throws Exception {
    Identity root = TestCertificates.of("CN=Ed root", "Ed25519").ca().make();
    Identity victim =
        TestCertificates.of("CN=localhost", "EC")
            .by(root)
            .names(new GeneralName(GeneralName.dNSName, "localhost"))
            .make();
    byte[] der = victim.leaf().getEncoded();
    byte[] prefixed = new byte[der.length + 3];
    prefixed[1] = (byte) (der.length >> 8);
    prefixed[2] = (byte) der.length;
    System.arraycopy(der, 0, prefixed, 3, der.length);
    Identity attacker = TestCertificates.of("CN=attacker", "EC").with(prefixed).make();
    Identity forged = new Identity(attacker.key, victim.leaf(), attacker.leaf());
    Peers.Outcome outcome = run(forged, root.leaf());
    assertEquals(
        "Mbed TLS used another certificate than the one checked", Peers.message(outcome.client()));
  }

  @Test
  void flightLongerThanTheTransportsBuffer() throws Exception {
    byte[] ballast = Contexts.random(13_000);
    Identity large =
        TestCertificates.of("CN=large", "RSA").by(TestPki.root(Kind.RSA)).with(ballast).make();
    RecordingTrust serverTrust = new RecordingTrust();
    X509Certificate[] issuers = new X509Certificate[200];
    for (int i = 0; i < issuers.length; i++) {
      issuers[i] =
          switch (i) {
            case 0 -> TestPki.root(Kind.EC).leaf();
            case 1 ->
                TestCertificates.of("CN=A certificate authority with quite a long name", "EC")
                    .ca()
                    .make()
                    .leaf();
            default -> issuers[1];
          };
    }
    serverTrust.issuers = issuers;
    SSLContext server =
        Contexts.of(
            Contexts.OURS, TestPki.keys(large), new javax.net.ssl.TrustManager[] {serverTrust});
    for (java.security.Provider provider : java.util.List.of(Contexts.OURS, Contexts.SUN)) {
      EnginePair pair =
          Peers.pair(
              Contexts.client(provider, TestPki.client(Kind.EC)).createSSLEngine("localhost", 1),
              server.createSSLEngine());
      pair.server.setNeedClientAuth(true);
      pair.handshake();
      byte[] data = Contexts.random(50_000);
      assertArrayEquals(data, pair.send(pair.server, data));
    }
  }

  @Test
  void certificateTooLargeForMbedTls() throws Exception {
    Identity large =
        TestCertificates.of("CN=large", "EC")
            .by(TestPki.root(Kind.EC))
            .with(Contexts.random(17_000))
            .make();
    for (java.security.Provider server : java.util.List.of(Contexts.OURS, Contexts.SUN)) {
      Peers.Outcome outcome =
          Peers.run(
              Peers.pair(
                  Contexts.client(Contexts.OURS).createSSLEngine("localhost", 1),
                  Contexts.server(server, large).createSSLEngine()));
      assertNotNull(outcome.client());
      assertNotNull(outcome.server());
      assertEquals(1, outcome.alerts().size());
    }
  }
}
