package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.mbedtls4j.jsse.TestPki.Identity;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.Security;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Private keys without an encoding that fail. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TokenKeyTroubleTest {
  private static final String STATIC_RSA = "TLS_RSA_WITH_AES_128_GCM_SHA256";
  private static final String STATIC_ECDH = "TLS_ECDH_ECDSA_WITH_AES_128_GCM_SHA256";

  @BeforeAll
  static void plugIn() {
    Security.addProvider(TestToken.PROVIDER);
  }

  @AfterAll
  static void pullOut() {
    Security.removeProvider(TestToken.PROVIDER.getName());
  }

  static SSLContext context(Identity identity) throws Exception {
    return Contexts.of(Contexts.OURS, new RecordingKeys(identity).array(), TestPki.trust());
  }

  static EnginePair served(Identity server) throws Exception {
    return Peers.pair(
        Contexts.client(Contexts.OURS).createSSLEngine("localhost", 443),
        context(server).createSSLEngine());
  }

  private static EnginePair authenticated(Identity client, Provider server) throws Exception {
    EnginePair pair =
        Peers.pair(
            context(client).createSSLEngine("localhost", 443),
            Contexts.server(server, TestPki.server(Kind.RSA)).createSSLEngine());
    pair.server.setNeedClientAuth(true);
    return pair;
  }

  private static void only(EnginePair pair, String suite) {
    pair.client.setEnabledCipherSuites(new String[] {suite});
    pair.server.setEnabledCipherSuites(new String[] {suite});
  }

  static Identity failing(Kind kind, TestToken.Hook hook) {
    Identity hidden = TestToken.hide(TestPki.server(kind));
    TestToken.key(hidden).hook = hook;
    return hidden;
  }

  /** Whatever a key throws ends the handshake, with it as the cause, and the peer is told. */
  @Test
  void aKeyThatThrows() throws Exception {
    SignatureException checked = new SignatureException("no more signatures");
    IllegalStateException unchecked = new IllegalStateException("token removed");
    AssertionError error = new AssertionError("bug");
    List<TestToken.Hook> hooks =
        List.of(
            () -> {
              throw checked;
            },
            () -> {
              throw unchecked;
            },
            () -> {
              throw error;
            });
    List<Throwable> thrown = List.of(checked, unchecked, error);
    for (Kind kind : Kind.values()) {
      for (int i = 0; i < thrown.size(); i++) {
        Peers.Outcome outcome = Peers.run(served(failing(kind, hooks.get(i))));
        assertInstanceOf(SSLHandshakeException.class, outcome.server());
        assertSame(thrown.get(i), outcome.server().getCause());
        assertEquals(
            "The private key failed: " + thrown.get(i).getMessage(), outcome.server().getMessage());
        assertEquals("Received fatal alert: internal_error", outcome.client().getMessage());
        assertEquals(1, outcome.alerts().size());
        for (Provider server : List.of(Contexts.OURS, Contexts.SUN)) {
          outcome = Peers.run(authenticated(failing(kind, hooks.get(i)), server));
          assertInstanceOf(SSLHandshakeException.class, outcome.client());
          assertSame(thrown.get(i), outcome.client().getCause());
          assertEquals(
              "Received fatal alert: " + (i == 0 ? "handshake_failure" : "internal_error"),
              Peers.message(outcome.server()));
          assertEquals(1, outcome.alerts().size());
        }
      }
    }
  }

  /** The failure of a decryption shows here, and not to the peer: it gets the usual alert. */
  @Tag("disabledByDefault")
  @Test
  void aKeyThatThrowsWhenItDecrypts() throws Exception {
    IllegalStateException removed = new IllegalStateException("token removed");
    EnginePair pair =
        served(
            failing(
                Kind.RSA,
                () -> {
                  throw removed;
                }));
    only(pair, STATIC_RSA);
    Peers.Outcome outcome = Peers.run(pair);
    assertSame(removed, outcome.server().getCause());
    EnginePair wrong =
        served(
            TestToken.hide(
                new Identity(TestPki.client(Kind.RSA).key, TestPki.server(Kind.RSA).chain)));
    only(wrong, STATIC_RSA);
    assertEquals(Peers.run(wrong).client().getMessage(), outcome.client().getMessage());
  }

  @Test
  void aKeyThatNoProviderKnows() throws Exception {
    for (Kind kind : Kind.values()) {
      Identity hidden = TestToken.hide(TestPki.server(kind));
      pullOut();
      try {
        Peers.Outcome outcome = Peers.run(served(hidden));
        assertInstanceOf(SSLHandshakeException.class, outcome.server());
        assertInstanceOf(InvalidKeyException.class, outcome.server().getCause());
      } finally {
        plugIn();
      }
    }
  }

  /** Of an Ed25519 certificate, or of another kind than the certificate. */
  @Test
  void aKeyThatDoesNotFitItsCertificate() throws Exception {
    Identity edwards = TestCertificates.of("CN=server", "Ed25519").make();
    Identity hidden = new Identity(TestToken.hide(TestPki.server(Kind.RSA)).key, edwards.chain);
    Peers.Outcome outcome = Peers.run(served(hidden));
    assertInstanceOf(InvalidKeyException.class, outcome.server().getCause());
    hidden =
        new Identity(TestToken.hide(TestPki.server(Kind.RSA)).key, TestPki.server(Kind.EC).chain);
    EnginePair pair = served(hidden);
    only(pair, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    assertNotNull(Peers.run(pair).server());
  }

  @Test
  void aSignatureOfAWrongLength() throws Exception {
    for (Kind kind : Kind.values()) {
      for (int length : new int[] {0, 255, 257, 5000}) {
        Identity hidden = TestToken.hide(TestPki.server(kind));
        TestToken.key(hidden).signed = signature -> Arrays.copyOf(signature, length);
        Peers.Outcome outcome = Peers.run(served(hidden));
        assertNotNull(outcome.client());
        if (kind == Kind.RSA || length > 141) {
          assertInstanceOf(SignatureException.class, outcome.server().getCause());
        }
        TestToken.key(hidden).signed = signature -> null;
        assertInstanceOf(NullPointerException.class, Peers.run(served(hidden)).server().getCause());
      }
    }
  }

  /** The token cannot compute the secret: the handshake fails, and nothing else. */
  @Tag("disabledByDefault")
  @Test
  void staticEcdhNeedsTheKeyItself() throws Exception {
    Identity plain = TestPki.server(Kind.EC);
    for (Identity identity : List.of(plain, TestToken.hide(plain))) {
      RecordingKeys keys =
          new RecordingKeys(identity) {
            @Override
            public String chooseEngineServerAlias(
                String type, java.security.Principal[] issuers, SSLEngine engine) {
              return super.chooseEngineServerAlias("EC", issuers, engine);
            }
          };
      EnginePair pair =
          Peers.pair(
              Contexts.client(Contexts.OURS).createSSLEngine("localhost", 443),
              Contexts.of(Contexts.OURS, keys.array(), TestPki.trust()).createSSLEngine());
      only(pair, STATIC_ECDH);
      Peers.Outcome outcome = Peers.run(pair);
      if (identity == plain) {
        assertNull(outcome.server());
        assertEquals(STATIC_ECDH, pair.client.getSession().getCipherSuite());
      } else {
        assertInstanceOf(SSLHandshakeException.class, outcome.server());
        assertEquals(1, outcome.alerts().size());
      }
    }
  }
}
