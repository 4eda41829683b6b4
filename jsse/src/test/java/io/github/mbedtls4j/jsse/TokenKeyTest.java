package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Identity;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import io.github.mbedtls4j.provider.MbedTlsProvider;
import io.github.mbedtls4j.testing.ChildJvm;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Handshakes with private keys that have no encoding: their own provider signs and decrypts. */
class TokenKeyTest {
  @BeforeAll
  static void plugIn() {
    Security.addProvider(TestToken.PROVIDER);
  }

  @AfterAll
  static void pullOut() {
    Security.removeProvider(TestToken.PROVIDER.getName());
  }

  /** In a JVM of its own: SunJSSE reads what is disabled once. Ours is asked first for services. */
  public static void main(String[] args) throws Exception {
    Security.setProperty("jdk.tls.disabledAlgorithms", "");
    Security.insertProviderAt(new MbedTlsProvider(), 1);
    plugIn();
    for (String version : List.of("TLSv1", "TLSv1.1")) {
      for (Kind kind : Kind.values()) {
        handshake(Contexts.OURS, Contexts.SUN, version, oldSuite(kind), kind);
        handshake(Contexts.SUN, Contexts.OURS, version, oldSuite(kind), kind);
      }
      handshake(Contexts.SUN, Contexts.OURS, version, "TLS_RSA_WITH_AES_128_CBC_SHA", Kind.RSA);
    }
    // SunJSSE has these off by default.
    handshake(Contexts.SUN, Contexts.OURS, "TLSv1.2", "TLS_RSA_WITH_AES_256_GCM_SHA384", Kind.RSA);
    System.out.println("done");
  }

  private static String oldSuite(Kind kind) {
    return kind == Kind.EC
        ? "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"
        : "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA";
  }

  /** Our ends have their keys in the token. */
  private static Identity identity(Provider provider, Identity identity) {
    return provider.equals(Contexts.OURS) ? TestToken.hide(identity) : identity;
  }

  private static EnginePair pair(
      Provider client, Identity clientKey, Provider server, Identity serverKey, String suite)
      throws Exception {
    EnginePair pair =
        Peers.pair(
            Contexts.of(client, new RecordingKeys(clientKey).array(), TestPki.trust())
                .createSSLEngine("localhost", 443),
            Contexts.of(server, new RecordingKeys(serverKey).array(), TestPki.trust())
                .createSSLEngine());
    if (suite != null) {
      pair.client.setEnabledCipherSuites(new String[] {suite});
      pair.server.setEnabledCipherSuites(new String[] {suite});
    }
    return pair;
  }

  /** With a client certificate too. */
  private static void handshake(
      Provider client, Provider server, String version, String suite, Kind kind) throws Exception {
    Identity clientKey = identity(client, TestPki.client(kind));
    Identity serverKey = identity(server, TestPki.server(kind));
    EnginePair pair = pair(client, clientKey, server, serverKey, suite);
    pair.client.setEnabledProtocols(new String[] {version});
    pair.server.setEnabledProtocols(new String[] {version});
    pair.server.setNeedClientAuth(true);
    pair.handshake();
    assertEquals(suite, pair.client.getSession().getCipherSuite());
    assertEquals(version, pair.client.getSession().getProtocol());
    assertArrayEquals(clientKey.chain, pair.server.getSession().getPeerCertificates());
    assertArrayEquals(serverKey.chain, pair.client.getSession().getPeerCertificates());
    assertArrayEquals(serverKey.chain, pair.server.getSession().getLocalCertificates());
    byte[] data = Contexts.random(5000);
    assertArrayEquals(data, pair.send(pair.client, data));
    assertArrayEquals(data, pair.send(pair.server, data));
    boolean decrypts = suite.startsWith("TLS_RSA_");
    if (client.equals(Contexts.OURS)) {
      assertEquals(1, TestToken.key(clientKey).signatures.get());
    }
    if (server.equals(Contexts.OURS)) {
      assertEquals(decrypts ? 0 : 1, TestToken.key(serverKey).signatures.get());
      assertEquals(decrypts ? 1 : 0, TestToken.key(serverKey).decryptions.get());
    }
  }

  @TestFactory
  Stream<DynamicTest> handshakes() {
    return Stream.of(
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
        .flatMap(
            suite ->
                Peers.each(
                    (client, server) ->
                        handshake(
                            client,
                            server,
                            "TLSv1.2",
                            suite,
                            suite.contains("ECDSA") ? Kind.EC : Kind.RSA)));
  }

  @Tag("disabledByDefault")
  @Test
  void olderVersionsAndStaticRsa() throws Exception {
    for (String version : List.of("TLSv1", "TLSv1.1")) {
      for (Kind kind : Kind.values()) {
        handshake(Contexts.OURS, Contexts.OURS, version, oldSuite(kind), kind);
      }
    }
    handshake(Contexts.OURS, Contexts.OURS, "TLSv1.2", "TLS_RSA_WITH_AES_128_GCM_SHA256", Kind.RSA);
  }

  @Test
  void olderVersionsAndStaticRsaWithSunJsse() throws Exception {
    ChildJvm.of(TokenKeyTest.class).run().expect("done");
  }

  /** Hashes are longer than the order of the one, and shorter than that of the other. */
  @Test
  void curves() throws Exception {
    for (String curve : List.of("secp256r1", "secp384r1", "secp521r1")) {
      Identity hidden =
          TestToken.hide(
              TestCertificates.of("CN=server", "EC")
                  .curve(curve)
                  .by(TestPki.root(Kind.EC))
                  .names(new GeneralName(GeneralName.dNSName, "localhost"))
                  .make());
      EnginePair pair = pair(Contexts.OURS, hidden, Contexts.OURS, hidden, null);
      pair.server.setNeedClientAuth(true);
      pair.handshake();
      assertEquals(2, TestToken.key(hidden).signatures.get(), curve);
    }
  }

  @Test
  void aKeyThatThrowsInsteadOfHavingNoEncoding() throws Exception {
    for (Kind kind : Kind.values()) {
      Identity hidden = TestToken.hide(TestPki.server(kind));
      TestToken.key(hidden).evasive = true;
      pair(Contexts.OURS, TestPki.client(kind), Contexts.OURS, hidden, null).handshake();
      assertEquals(1, TestToken.key(hidden).signatures.get());
    }
  }

  @Tag("disabledByDefault")
  @Test
  void aTokenThatPadsItself() throws Exception {
    Identity hidden = TestToken.hide(TestPki.server(Kind.RSA));
    TestToken.key(hidden).paddings = Set.of("PKCS1Padding");
    EnginePair pair = rsaPair(hidden);
    pair.handshake();
    assertEquals(1, TestToken.key(hidden).decryptions.get());
    byte[] data = Contexts.random(100);
    assertArrayEquals(data, pair.send(pair.client, data));
  }

  private static EnginePair rsaPair(Identity server) throws Exception {
    return pair(
        Contexts.OURS,
        TestPki.client(Kind.RSA),
        Contexts.OURS,
        server,
        "TLS_RSA_WITH_AES_128_GCM_SHA256");
  }

  /**
   * A ClientKeyExchange that decrypts to nonsense must look like a wrong secret: the failure comes
   * with the Finished message, and is the same however the token decrypts.
   */
  @Tag("disabledByDefault")
  @Test
  void wrongPaddingShowsNowhere() throws Exception {
    List<List<String>> outcomes = new ArrayList<>();
    for (Set<String> paddings : List.of(Set.of("NoPadding"), Set.of("PKCS1Padding"))) {
      // What the client encrypts is for another key.
      Identity identity =
          TestToken.hide(
              new Identity(TestPki.client(Kind.RSA).key, TestPki.server(Kind.RSA).chain));
      TestToken.key(identity).paddings = paddings;
      Peers.Outcome outcome = Peers.run(rsaPair(identity));
      assertNull(outcome.server().getCause());
      assertEquals(1, outcome.alerts().size());
      outcomes.add(List.of(outcome.server().toString(), outcome.client().toString()));
      assertEquals("Received fatal alert: bad_record_mac", outcome.client().getMessage());
      assertEquals(1, TestToken.key(identity).decryptions.get());
    }
    assertEquals(outcomes.get(0), outcomes.get(1));
  }

  @TestFactory
  Stream<DynamicTest> wrongSignature() {
    return Stream.of(Kind.values())
        .flatMap(
            kind ->
                Stream.of(Contexts.OURS, Contexts.SUN)
                    .map(
                        peer ->
                            DynamicTest.dynamicTest(
                                kind + " " + peer.getName(), () -> wrongSignature(kind, peer))));
  }

  private static void wrongSignature(Kind kind, Provider peer) throws Exception {
    Identity server = TestToken.hide(TestPki.server(kind));
    Identity client = TestToken.hide(TestPki.client(kind));
    for (Identity hidden : List.of(server, client)) {
      TestToken.key(hidden).signed =
          signature -> {
            signature[signature.length - 1] ^= 1;
            return signature;
          };
    }
    EnginePair pair = pair(peer, TestPki.client(kind), Contexts.OURS, server, null);
    Peers.Outcome outcome = Peers.run(pair);
    assertInstanceOf(SSLHandshakeException.class, outcome.client());
    assertTrue(Peers.message(outcome.server()).startsWith("Received fatal alert"));
    assertEquals(1, outcome.alerts().size());

    pair = pair(Contexts.OURS, client, peer, TestPki.server(kind), null);
    pair.server.setNeedClientAuth(true);
    outcome = Peers.run(pair);
    assertInstanceOf(SSLHandshakeException.class, outcome.server());
    assertTrue(Peers.message(outcome.client()).startsWith("Received fatal alert"));
    assertEquals(1, outcome.alerts().size());
  }
}
