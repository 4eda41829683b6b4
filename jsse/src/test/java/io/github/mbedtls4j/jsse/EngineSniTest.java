package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.mbedtls4j.jsse.TestPki.Identity;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The server's name: sent by clients, obeyed by servers. */
class EngineSniTest {
  /** Notes the names that a server's session has when a key is chosen. */
  private static final class NamedKeys extends RecordingKeys {
    private final List<SNIServerName> names = new ArrayList<>();
    private final Identity one;
    private final Identity other;

    NamedKeys(Identity one, Identity other) {
      this.one = one;
      this.other = other;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
      ExtendedSSLSession session = (ExtendedSSLSession) engine.getHandshakeSession();
      names.addAll(session.getRequestedServerNames());
      if (!keyType.equals("EC")) {
        return null;
      }
      return names.isEmpty() || !names.get(0).equals(new SNIHostName("other.example.test"))
          ? "one"
          : "other";
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return (alias.equals("one") ? one : other).chain;
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return (alias.equals("one") ? one : other).key;
    }
  }

  private static EnginePair pair(Provider client, String host, Provider server, NamedKeys keys)
      throws Exception {
    return Peers.pair(
        Contexts.client(client).createSSLEngine(host, 443),
        Contexts.of(server, keys.array(), TestPki.trust()).createSSLEngine());
  }

  private static NamedKeys keys() throws Exception {
    return new NamedKeys(TestPki.server(Kind.EC), TestPki.client(Kind.EC));
  }

  @TestFactory
  Stream<DynamicTest> certificateByName() {
    return Peers.each(
        (client, server) -> {
          NamedKeys keys = keys();
          EnginePair pair = pair(client, "other.example.test", server, keys);
          pair.handshake();
          assertEquals(new SNIHostName("other.example.test"), keys.names.get(0));
          assertEquals("CN=client EC", pair.client.getSession().getPeerPrincipal().getName());
          EnginePair plain = pair(client, "this.example.test", server, keys());
          plain.handshake();
          assertEquals("CN=server", plain.client.getSession().getPeerPrincipal().getName());
          for (SSLEngine engine : new SSLEngine[] {plain.client, plain.server}) {
            assertEquals(
                List.of(new SNIHostName("this.example.test")),
                ((ExtendedSSLSession) engine.getSession()).getRequestedServerNames());
          }
        });
  }

  @Test
  void namesSentAreSunJsses() throws Exception {
    for (String host :
        Arrays.asList(
            null,
            "",
            "localhost",
            "127.0.0.1",
            "::1",
            "[::1]",
            "fe80::1%lo",
            "a.b",
            "A.Example.Test",
            "a.b.",
            ".b",
            "under_score.example.test",
            "b\u00fccher.example",
            "xn--bcher-kva.example",
            "1.2.3")) {
      List<List<SNIServerName>> sent = new ArrayList<>();
      for (Provider client : List.of(Contexts.SUN, Contexts.OURS)) {
        NamedKeys keys = keys();
        pair(client, host, Contexts.OURS, keys).handshake();
        sent.add(keys.names.stream().distinct().toList());
      }
      assertEquals(sent.get(0), sent.get(1), "for host " + host);
    }
  }

  @TestFactory
  Stream<DynamicTest> explicitNameWins() {
    return Peers.each(
        (client, server) -> {
          NamedKeys keys = keys();
          EnginePair pair = pair(client, "localhost", server, keys);
          SSLParameters parameters = pair.client.getSSLParameters();
          parameters.setServerNames(List.of(new SNIHostName("other.example.test")));
          pair.client.setSSLParameters(parameters);
          pair.handshake();
          assertEquals(new SNIHostName("other.example.test"), keys.names.get(0));
        });
  }

  @Test
  void noNameOnRequest() throws Exception {
    NamedKeys keys = keys();
    EnginePair pair = pair(Contexts.OURS, "other.example.test", Contexts.OURS, keys);
    SSLParameters parameters = pair.client.getSSLParameters();
    parameters.setServerNames(List.of());
    pair.client.setSSLParameters(parameters);
    pair.handshake();
    assertEquals(List.of(), keys.names);
  }

  @TestFactory
  Stream<DynamicTest> matchers() {
    return Peers.each(
        (client, server) -> {
          for (String pattern : List.of("(.*\\.)?example\\.test", "example\\.com")) {
            EnginePair pair = pair(client, "a.example.test", server, keys());
            SSLParameters parameters = pair.server.getSSLParameters();
            parameters.setSNIMatchers(List.of(SNIHostName.createSNIMatcher(pattern)));
            pair.server.setSSLParameters(parameters);
            Peers.Outcome outcome = Peers.run(pair);
            if (pattern.contains("com")) {
              assertInstanceOf(SSLHandshakeException.class, outcome.server());
              assertEquals(1, outcome.alerts().size());
              assertEquals(112, outcome.alerts().get(0)[6]);
              assertEquals(
                  "Received fatal alert: unrecognized_name", outcome.client().getMessage());
            } else {
              assertSame(null, outcome.client());
              assertSame(null, outcome.server());
            }
          }
        });
  }

  @Test
  void keyManagerThatThrowsFailsClosed() throws Exception {
    RecordingKeys keys =
        new RecordingKeys() {
          @Override
          public String chooseEngineServerAlias(
              String keyType, Principal[] issuers, SSLEngine engine) {
            throw new IllegalStateException("bug");
          }
        };
    EnginePair pair =
        Peers.pair(
            Contexts.client(Contexts.SUN).createSSLEngine(),
            Contexts.of(Contexts.OURS, keys.array(), TestPki.trust()).createSSLEngine());
    Peers.Outcome outcome = Peers.run(pair);
    assertInstanceOf(IllegalStateException.class, outcome.server().getCause());
    assertEquals("Received fatal alert: internal_error", outcome.client().getMessage());
  }

  @Test
  void noKeyAtAll() throws Exception {
    for (Provider server : List.of(Contexts.SUN, Contexts.OURS)) {
      EnginePair pair =
          Peers.pair(
              Contexts.client(Contexts.OURS).createSSLEngine(),
              Contexts.of(server, null, TestPki.trust()).createSSLEngine());
      Peers.Outcome outcome = Peers.run(pair);
      assertNotNull(outcome.server());
      assertEquals("Received fatal alert: handshake_failure", outcome.client().getMessage());
    }
  }
}
