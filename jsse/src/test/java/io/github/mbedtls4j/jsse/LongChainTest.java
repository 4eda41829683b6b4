package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Identity;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;

/** Chains of many certificates, before trust managers that do not mind. */
class LongChainTest {
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

  private static SSLContext context(Identity identity) throws Exception {
    TrustManager[] trust = {new RecordingTrust()};
    return Contexts.of(Contexts.OURS, new RecordingKeys(identity).array(), trust);
  }

  private static EnginePair pair(Identity client, Identity server) throws Exception {
    EnginePair pair =
        Peers.pair(
            context(client).createSSLEngine("localhost", 443), context(server).createSSLEngine());
    pair.server.setNeedClientAuth(true);
    return pair;
  }

  @Test
  void aServersMayBeOfAnyLength() throws Exception {
    Identity server = chain(14);
    EnginePair pair = pair(chain(7), server);
    pair.handshake();
    assertArrayEquals(server.chain, pair.client.getSession().getPeerCertificates());
    assertEquals(9, pair.server.getSession().getPeerCertificates().length);
  }

  @Test
  void aClientsHasEightIntermediatesAtMost() throws Exception {
    Peers.Outcome outcome = Peers.run(pair(chain(9), TestPki.server(Kind.EC)));
    String message = outcome.server().getMessage();
    assertTrue(message.contains("the chain is too long"), message);
    assertEquals("Received fatal alert: access_denied", outcome.client().getMessage());
  }
}
