package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.security.AlgorithmConstraints;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Algorithm constraints of the JDK and of the application. */
class EngineConstraintsTest {
  private static final String NOTHING_LEFT =
      "No appropriate protocol (protocol is disabled or cipher suites are inappropriate)";

  private static void constrain(SSLEngine engine, AlgorithmConstraints constraints) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setAlgorithmConstraints(constraints);
    engine.setSSLParameters(parameters);
  }

  /** How a handshake ended: the suite, or that it failed. */
  private static String outcome(EnginePair pair) {
    try {
      Peers.Outcome outcome = Peers.run(pair);
      if (outcome.client() == null && outcome.server() == null) {
        return pair.client.getSession().getCipherSuite();
      }
    } catch (SSLException e) {
      return "failed";
    }
    return "failed";
  }

  @TestFactory
  Stream<DynamicTest> verdictsAreSunJsses() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String forbidden :
        List.of(
            "key DH",
            "key RSA",
            "key EC",
            "x25519",
            "secp256r1",
            "RSA",
            "EC",
            "SHA256withRSA",
            "SHA256withECDSA",
            "rsa_pkcs1_sha256",
            "RSASSA-PSS",
            "DiffieHellman",
            "ffdhe2048",
            "TLSv1.2",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")) {
      for (Kind kind : Kind.values()) {
        for (boolean atClient : new boolean[] {true, false}) {
          tests.add(
              DynamicTest.dynamicTest(
                  forbidden + " at the " + (atClient ? "client, " : "server, ") + kind,
                  () -> compare(forbidden, kind, atClient)));
        }
      }
    }
    return tests.stream();
  }

  private static void compare(String forbidden, Kind kind, boolean atClient) throws Exception {
    Forbid constraints = new Forbid(forbidden::equals);
    List<String> outcomes = new ArrayList<>();
    for (Provider ours : List.of(Contexts.SUN, Contexts.OURS)) {
      EnginePair pair =
          Peers.pair(atClient ? ours : Contexts.SUN, atClient ? Contexts.SUN : ours, kind);
      for (SSLEngine engine : List.of(pair.client, pair.server)) {
        engine.setEnabledCipherSuites(
            new String[] {
              "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
              "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
              "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"
            });
      }
      if (forbidden.equals("key DH") || forbidden.equals("ffdhe2048")) {
        pair.client.setEnabledCipherSuites(new String[] {"TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"});
      }
      constrain(atClient ? pair.client : pair.server, constraints);
      outcomes.add(outcome(pair));
    }
    assertEquals(outcomes.get(0), outcomes.get(1));
  }

  @Test
  void disabledSuites() throws Exception {
    String disabled = "TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256";
    for (Provider provider : List.of(Contexts.SUN, Contexts.OURS)) {
      SSLContext context = Contexts.client(provider);
      SSLEngine engine = context.createSSLEngine();
      engine.setUseClientMode(true);
      assertFalse(Arrays.asList(engine.getSupportedCipherSuites()).contains(disabled));
      assertFalse(Arrays.asList(engine.getEnabledCipherSuites()).contains(disabled));
      engine.setEnabledCipherSuites(new String[] {disabled});
      assertArrayEquals(new String[] {disabled}, engine.getEnabledCipherSuites());
      SSLException e = assertThrows(SSLHandshakeException.class, engine::beginHandshake);
      assertEquals(NOTHING_LEFT, Peers.message(e));
    }
  }

  @Test
  void disabledProtocols() throws Exception {
    for (Provider provider : List.of(Contexts.SUN, Contexts.OURS)) {
      for (boolean client : new boolean[] {true, false}) {
        for (String disabled : List.of("TLSv1", "TLSv1.1")) {
          SSLEngine engine = Contexts.client(provider).createSSLEngine();
          engine.setUseClientMode(client);
          engine.setEnabledProtocols(new String[] {disabled});
          assertArrayEquals(new String[] {disabled}, engine.getEnabledProtocols());
          SSLException e = assertThrows(SSLHandshakeException.class, engine::beginHandshake);
          assertEquals(NOTHING_LEFT, Peers.message(e));
        }
      }
    }
  }

  /** A disabled protocol beside an enabled one is not spoken even if the peer only knows it. */
  @Test
  void disabledProtocolsAreNotOffered() throws Exception {
    EnginePair pair = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.RSA);
    pair.client.setEnabledProtocols(new String[] {"TLSv1", "TLSv1.2"});
    for (SSLEngine engine : List.of(pair.client, pair.server)) {
      engine.setEnabledCipherSuites(
          new String[] {
            "TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"
          });
    }
    pair.handshake();
    assertEquals("TLSv1.2", pair.client.getSession().getProtocol());
    assertEquals("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", pair.client.getSession().getCipherSuite());
  }

  @Test
  void theServersDhKey() throws Exception {
    for (Provider client : List.of(Contexts.SUN, Contexts.OURS)) {
      EnginePair pair = Peers.pair(client, Contexts.OURS, Kind.RSA);
      pair.client.setEnabledCipherSuites(new String[] {"TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"});
      constrain(pair.client, new Forbid("key DH"::equals));
      Peers.Outcome outcome = Peers.run(pair);
      assertInstanceOf(SSLHandshakeException.class, outcome.client());
      assertEquals(
          "DH ServerKeyExchange does not comply to algorithm constraints",
          Peers.message(outcome.client()));
      assertEquals("Received fatal alert: insufficient_security", Peers.message(outcome.server()));
    }
  }

  /** Mbed TLS offers a hash with both kinds of key; Java refuses what was not to be offered. */
  @Test
  void signaturesThatMbedTlsOffersBeyondTheSchemes() throws Exception {
    Set<String> refused =
        Set.of("rsa_pkcs1_sha384", "ecdsa_secp256r1_sha256", "ecdsa_secp521r1_sha512");
    EnginePair pair = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.RSA);
    constrain(pair.client, new Forbid(refused::contains));
    // The server is left with SHA-384, which the client offers for its ECDSA.
    constrain(pair.server, new Forbid(Set.of("rsa_pkcs1_sha256", "rsa_pkcs1_sha512")::contains));
    Peers.Outcome outcome = Peers.run(pair);
    assertInstanceOf(SSLHandshakeException.class, outcome.client());
    assertEquals(
        "Unsupported signature algorithm (SHA384withRSA) used", outcome.client().getMessage());
    assertEquals("Received fatal alert: illegal_parameter", Peers.message(outcome.server()));
  }

  @Test
  void constraintsThatThrowFailClosed() throws Exception {
    EnginePair pair = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.RSA);
    constrain(
        pair.client,
        new Forbid(
            name -> {
              throw new UnsupportedOperationException("broken " + name);
            }));
    SSLException e = assertThrows(SSLHandshakeException.class, pair.client::beginHandshake);
    assertInstanceOf(UnsupportedOperationException.class, e.getCause());
  }

  /** The JDK's key managers of the kind PKIX look at the constraints of our engines. */
  @Test
  void ownKeysWithTheJdksKeyManager() throws Exception {
    KeyManagerFactory factory = KeyManagerFactory.getInstance("NewSunX509", Contexts.OURS);
    factory.init(
        TestPki.keyStore(TestPki.server(Kind.RSA), TestPki.server(Kind.EC)), TestPki.PASSWORD);
    for (Provider provider : List.of(Contexts.SUN, Contexts.OURS)) {
      SSLContext server = Contexts.of(provider, factory.getKeyManagers(), TestPki.trust());
      EnginePair pair =
          Peers.pair(
              Contexts.client(Contexts.OURS).createSSLEngine("localhost", 443),
              server.createSSLEngine());
      constrain(pair.server, new Forbid("key EC"::equals));
      pair.handshake();
      assertEquals(
          "RSA", pair.client.getSession().getPeerCertificates()[0].getPublicKey().getAlgorithm());
    }
  }

  /** A plain trust manager does not see the connection, so we look in its place. */
  @Test
  void chainsBeforeAPlainTrustManager() throws Exception {
    for (Provider provider : List.of(Contexts.SUN, Contexts.OURS)) {
      for (String forbidden : List.of("", "key RSA", "SHA256withRSA")) {
        EnginePair pair =
            Peers.pair(
                Contexts.of(provider, null, new TrustManager[] {new TrustAll()})
                    .createSSLEngine("localhost", 443),
                Contexts.server(Contexts.OURS, TestPki.server(Kind.RSA)).createSSLEngine());
        constrain(pair.client, new Forbid(forbidden::equals));
        Peers.Outcome outcome = Peers.run(pair);
        if (forbidden.isEmpty()) {
          assertNull(outcome.client());
        } else {
          assertNotNull(outcome.client(), provider + ": " + forbidden);
          assertInstanceOf(CertificateException.class, outcome.client().getCause());
        }
      }
    }
  }

  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
