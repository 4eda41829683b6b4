package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.security.Provider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Handshakes and data through engines, ours and SunJSSE's in every combination. */
class EngineHandshakeTest {
  @TestFactory
  Stream<DynamicTest> everySharedSuiteEachWay() throws Exception {
    Set<String> sun =
        new HashSet<>(
            Arrays.asList(
                Contexts.client(Contexts.SUN).getSupportedSSLParameters().getCipherSuites()));
    List<DynamicTest> tests = new ArrayList<>();
    for (String suite :
        Contexts.client(Contexts.OURS).getSupportedSSLParameters().getCipherSuites()) {
      Kind kind = suite.contains("ECDSA") ? Kind.EC : Kind.RSA;
      // ECDH_RSA wants an EC key with an RSA signature, which no test identity has; PskSuitesTest
      // has the suites with pre-shared keys.
      if (!suite.contains("_ECDH_RSA_") && !suite.contains("_PSK_")) {
        pair(tests, suite, kind, Contexts.OURS, Contexts.OURS);
        if (sun.contains(suite)) {
          pair(tests, suite, kind, Contexts.OURS, Contexts.SUN);
          pair(tests, suite, kind, Contexts.SUN, Contexts.OURS);
        }
      }
    }
    return tests.stream();
  }

  private static void pair(
      List<DynamicTest> tests, String suite, Kind kind, Provider client, Provider server) {
    tests.add(
        DynamicTest.dynamicTest(
            suite + ", " + client.getName() + " to " + server.getName(),
            () -> {
              EnginePair pair =
                  new EnginePair(
                      Contexts.client(client).createSSLEngine("localhost", 443),
                      Contexts.server(server, TestPki.server(kind)).createSSLEngine());
              for (SSLEngine engine : List.of(pair.client, pair.server)) {
                engine.setEnabledProtocols(new String[] {"TLSv1.2"});
                engine.setEnabledCipherSuites(new String[] {suite});
              }
              pair.handshake();
              assertEquals(suite, pair.client.getSession().getCipherSuite());
              assertEquals(suite, pair.server.getSession().getCipherSuite());
              assertEquals("TLSv1.2", pair.client.getSession().getProtocol());
              assertArrayEquals(
                  TestPki.server(kind).chain, pair.client.getSession().getPeerCertificates());
              byte[] data = Contexts.random(40_000);
              assertArrayEquals(data, pair.send(pair.client, data));
              assertArrayEquals(data, pair.send(pair.server, data));
              assertTrue(pair.client.getSession().isValid());
            }));
  }
}
