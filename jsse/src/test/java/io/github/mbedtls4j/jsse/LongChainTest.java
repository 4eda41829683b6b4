package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Identity;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLProtocolException;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Chains of many certificates, before trust managers that do not mind. */
class LongChainTest {
  private static final String GENERAL = "jdk.tls.maxCertificateChainLength";

  private static Identity chain(int intermediates) throws Exception {
    List<X509Certificate> chain = new ArrayList<>();
    Identity issuer = TestCertificates.of("CN=root", "EC").ca().make();
    chain.add(issuer.leaf());
    for (int i = 0; i < intermediates; i++) {
      issuer = TestCertificates.of("CN=authority " + i, "EC").by(issuer).ca().make();
      chain.add(0, issuer.leaf());
    }
    Identity leaf = TestCertificates.of("CN=leaf", "EC").by(issuer).make();
    chain.add(0, leaf.leaf());
    return new Identity(leaf.key, chain.toArray(X509Certificate[]::new));
  }

  private static SSLContext context(Provider provider, Identity identity) throws Exception {
    TrustManager[] trust = {new RecordingTrust()};
    return Contexts.of(provider, new RecordingKeys(identity).array(), trust);
  }

  private static EnginePair pair(
      Provider clientProvider, Identity client, Provider serverProvider, Identity server)
      throws Exception {
    EnginePair pair =
        Peers.pair(
            context(clientProvider, client).createSSLEngine("localhost", 443),
            context(serverProvider, server).createSSLEngine());
    pair.server.setNeedClientAuth(true);
    return pair;
  }

  private static EnginePair ours(Identity client, Identity server) throws Exception {
    return pair(Contexts.OURS, client, Contexts.OURS, server);
  }

  /** SunJSSE reads its limits once: not while they are another test's. */
  @BeforeAll
  static void initialiseSunJsse() throws Exception {
    assertNotNull(Contexts.client(Contexts.SUN).createSSLEngine());
  }

  /** How many certificates a client and a server take, by the limits of the running JDK. */
  @Test
  void limitsAreSunJsses() throws Exception {
    Identity plain = TestPki.server(Kind.EC);
    for (int length : new int[] {8, 9, 11}) {
      Identity many = chain(length - 2);
      assertEquals(length, many.chain.length);
      for (boolean client : new boolean[] {true, false}) {
        List<Peers.Outcome> outcomes = new ArrayList<>();
        for (Provider receiver : List.of(Contexts.SUN, Contexts.OURS)) {
          outcomes.add(
              Peers.run(
                  client
                      ? pair(receiver, plain, Contexts.SUN, many)
                      : pair(Contexts.SUN, many, receiver, plain)));
        }
        SSLException sun = outcomes.get(0).of(client);
        SSLException ours = outcomes.get(1).of(client);
        if (sun == null) {
          assertNull(ours, () -> many.chain.length + " " + client);
        } else {
          assertEquals(SSLProtocolException.class, sun.getClass());
          assertEquals(sun.getClass(), ours.getClass());
          String told = outcomes.get(1).of(!client).getMessage();
          assertTrue(told.endsWith("Received fatal alert: handshake_failure"), told);
        }
      }
    }
  }

  @Test
  void limitsByProperties() throws Exception {
    Identity three = chain(1);
    Identity plain = TestPki.server(Kind.EC);
    assertEquals(2, plain.chain.length);
    for (boolean client : new boolean[] {true, false}) {
      Resumed.Body accepted = () -> ours(plain, three, client).handshake();
      Resumed.Body refused =
          () ->
              assertEquals(
                  "The certificate chain length (3) exceeds the maximum allowed length (2)",
                  Peers.run(ours(plain, three, client)).of(client).getMessage());
      String own =
          "jdk.tls." + (client ? "client" : "server") + ".maxInboundCertificateChainLength";
      Resumed.with(own, 2, refused);
      Resumed.with(GENERAL, 2, refused);
      Resumed.with(GENERAL, 2, () -> Resumed.with(own, 3, accepted));
      Resumed.with(GENERAL, 2, () -> Resumed.with(own, -1, refused));
      Resumed.with(GENERAL, -1, accepted);
    }
  }

  /** A client or a server with a chain of two, and its peer with another one. */
  private static EnginePair ours(Identity own, Identity peer, boolean client) throws Exception {
    return client ? ours(own, peer) : ours(peer, own);
  }

  @Test
  void aServersMayBeOfAnyLength() throws Exception {
    Resumed.with(
        GENERAL,
        20,
        () -> {
          Identity server = chain(14);
          EnginePair pair = ours(chain(7), server);
          pair.handshake();
          assertArrayEquals(server.chain, pair.client.getSession().getPeerCertificates());
          assertEquals(9, pair.server.getSession().getPeerCertificates().length);
        });
  }

  @Test
  void aClientsHasNineCertificatesAtMost() throws Exception {
    Resumed.with(
        GENERAL,
        20,
        () -> {
          Peers.Outcome outcome = Peers.run(ours(chain(8), TestPki.server(Kind.EC)));
          String message = outcome.server().getMessage();
          assertTrue(message.contains("the chain is too long"), message);
          assertEquals("Received fatal alert: access_denied", outcome.client().getMessage());
        });
  }
}
