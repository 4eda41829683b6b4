package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.security.Principal;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Application protocols. */
class EngineAlpnTest {
  private static final String[] NONE = {};

  private static EnginePair pair(
      Provider client, Provider server, String[] offered, String[] supported) throws Exception {
    EnginePair pair = Peers.pair(client, server, Kind.EC);
    set(pair.client, offered);
    set(pair.server, supported);
    return pair;
  }

  private static void set(SSLEngine engine, String... protocols) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    engine.setSSLParameters(parameters);
  }

  private static void assertChosen(String expected, EnginePair pair) throws Exception {
    assertNull(pair.client.getApplicationProtocol());
    assertNull(pair.client.getHandshakeApplicationProtocol());
    pair.handshake();
    for (SSLEngine engine : new SSLEngine[] {pair.client, pair.server}) {
      assertEquals(expected, engine.getApplicationProtocol());
      assertNull(engine.getHandshakeApplicationProtocol());
    }
  }

  private static void assertRefused(EnginePair pair) throws Exception {
    Peers.Outcome outcome = Peers.run(pair);
    assertInstanceOf(SSLHandshakeException.class, outcome.server());
    assertInstanceOf(SSLHandshakeException.class, outcome.client());
    assertEquals("Received fatal alert: no_application_protocol", outcome.client().getMessage());
    assertEquals(120, outcome.alerts().get(0)[6]);
  }

  @TestFactory
  Stream<DynamicTest> listAgainstList() {
    String[] both = {"h2", "http/1.1"};
    String[] reverse = {"http/1.1", "h2"};
    String[] one = {"http/1.1"};
    String[] many = IntStream.range(0, 20).mapToObj(i -> "p" + i).toArray(String[]::new);
    return Peers.each(
        (client, server) -> {
          assertChosen("http/1.1", pair(client, server, both, one));
          assertChosen("h2", pair(client, server, reverse, both));
          assertChosen("http/1.1", pair(client, server, both, reverse));
          assertChosen("p19", pair(client, server, many, new String[] {"x", "p19"}));
          assertChosen("p0", pair(client, server, new String[] {"y", "p0"}, many));
          assertChosen("", pair(client, server, NONE, NONE));
          assertChosen("", pair(client, server, both, NONE));
          assertChosen("", pair(client, server, NONE, both));
          String grease = "\u008a\u008a";
          assertChosen("h2", pair(client, server, new String[] {grease, "h2"}, both));
          assertRefused(pair(client, server, both, new String[] {"spdy/3"}));
        });
  }

  @TestFactory
  Stream<DynamicTest> selector() {
    String[] both = {"h2", "http/1.1"};
    return Peers.each(
        (client, server) -> {
          EnginePair pair = pair(client, server, both, new String[] {"ignored"});
          List<Object> asked = new ArrayList<>();
          pair.server.setHandshakeApplicationProtocolSelector(
              (engine, offered) -> {
                asked.add(engine);
                asked.addAll(offered);
                return "http/1.1";
              });
          assertChosen("http/1.1", pair);
          assertEquals(List.of(pair.server, "h2", "http/1.1"), asked);
          assertChosen("", select(pair(client, server, both, both), ""));
          assertRefused(select(pair(client, server, both, both), null));
          assertRefused(select(pair(client, server, both, both), "not offered"));
          assertChosen("", select(pair(client, server, NONE, both), "not asked"));
        });
  }

  private static EnginePair select(EnginePair pair, String answer) {
    pair.server.setHandshakeApplicationProtocolSelector((engine, offered) -> answer);
    return pair;
  }

  @Test
  void selectorThatThrowsFailsClosed() throws Exception {
    EnginePair pair = pair(Contexts.OURS, Contexts.OURS, new String[] {"h2"}, NONE);
    pair.server.setHandshakeApplicationProtocolSelector(
        (engine, offered) -> {
          throw new IllegalStateException("bug");
        });
    Peers.Outcome outcome = Peers.run(pair);
    assertInstanceOf(IllegalStateException.class, outcome.server().getCause());
    assertEquals("Received fatal alert: internal_error", outcome.client().getMessage());
  }

  @Test
  void managersSeeTheChoice() throws Exception {
    List<String> seen = new ArrayList<>();
    RecordingKeys keys =
        new RecordingKeys(TestPki.server(Kind.EC)) {
          @Override
          public String chooseEngineServerAlias(
              String keyType, Principal[] issuers, SSLEngine engine) {
            seen.add(
                engine.getHandshakeApplicationProtocol() + " " + engine.getApplicationProtocol());
            return super.chooseEngineServerAlias(keyType, issuers, engine);
          }
        };
    RecordingTrust trust =
        new RecordingTrust() {
          @Override
          public void checkServerTrusted(
              X509Certificate[] chain, String authType, SSLEngine engine) {
            seen.add(
                engine.getHandshakeApplicationProtocol() + " " + engine.getApplicationProtocol());
          }
        };
    for (Provider provider : List.of(Contexts.SUN, Contexts.OURS)) {
      EnginePair pair =
          Peers.pair(
              Contexts.of(provider, null, new TrustManager[] {trust}).createSSLEngine(),
              Contexts.of(provider, keys.array(), TestPki.trust()).createSSLEngine());
      set(pair.client, "h2");
      set(pair.server, "h2");
      pair.handshake();
      assertEquals(List.of("h2 h2"), seen.stream().distinct().toList(), provider.getName());
      seen.clear();
    }
  }
}
