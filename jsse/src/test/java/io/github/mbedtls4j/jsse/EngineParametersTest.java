package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.AlgorithmConstraints;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an application sets on an engine, and gets back. */
class EngineParametersTest {
  private SSLEngine engine;

  @BeforeEach
  void create() throws Exception {
    engine = Contexts.client(Contexts.OURS).createSSLEngine("www.example.test", 443);
  }

  @Test
  void protocols() throws Exception {
    assertArrayEquals(new String[] {"TLSv1.2"}, engine.getEnabledProtocols());
    assertEquals(Set.of("TLSv1", "TLSv1.1", "TLSv1.2"), Set.of(engine.getSupportedProtocols()));
    engine.setEnabledProtocols(new String[] {"TLSv1.1", "TLSv1.2"});
    assertEquals(Set.of("TLSv1.1", "TLSv1.2"), Set.of(engine.getEnabledProtocols()));
    for (String[] wrong :
        new String[][] {null, {}, {null}, {""}, {"SSLv3"}, {"SSLv2Hello"}, {"tlsv1.2"}, {"x"}}) {
      assertThrows(IllegalArgumentException.class, () -> engine.setEnabledProtocols(wrong));
    }
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> engine.setEnabledProtocols(new String[] {"TLSv1.2", "TLSv1.3"}));
    assertTrue(e.getMessage().contains("TLSv1.3"), e.getMessage());
    assertTrue(e.getMessage().contains("Mbed TLS 2.28"), e.getMessage());
    assertEquals(Set.of("TLSv1.1", "TLSv1.2"), Set.of(engine.getEnabledProtocols()));
    SSLContext old = SSLContext.getInstance("TLSv1.1", Contexts.OURS);
    old.init(null, null, null);
    // The name is about clients, and these protocols are disabled; SunJSSE's are the same.
    SSLEngine oldEngine = old.createSSLEngine();
    assertArrayEquals(new String[] {"TLSv1.2"}, oldEngine.getEnabledProtocols());
    oldEngine.setUseClientMode(true);
    assertArrayEquals(new String[] {}, oldEngine.getEnabledProtocols());
    oldEngine.setSSLParameters(oldEngine.getSSLParameters());
    assertArrayEquals(new String[] {}, oldEngine.getEnabledProtocols());
    assertArrayEquals(new String[] {}, old.getDefaultSSLParameters().getProtocols());
  }

  @Test
  void suites() {
    List<String> enabled = Arrays.asList(engine.getEnabledCipherSuites());
    List<String> supported = Arrays.asList(engine.getSupportedCipherSuites());
    assertTrue(supported.containsAll(enabled));
    assertEquals(supported.size(), Set.copyOf(supported).size());
    for (String suite : enabled) {
      assertTrue(suite.startsWith("TLS_ECDHE_") || suite.startsWith("TLS_DHE_"), suite);
      assertFalse(suite.contains("NULL") || suite.contains("RC4") || suite.contains("3DES"));
      assertFalse(suite.endsWith("_SHA"), suite);
    }
    String one = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    engine.setEnabledCipherSuites(new String[] {one, "TLS_EMPTY_RENEGOTIATION_INFO_SCSV"});
    assertArrayEquals(new String[] {one}, engine.getEnabledCipherSuites());
    assertThrows(
        IllegalArgumentException.class,
        () -> engine.setEnabledCipherSuites(new String[] {"TLS_EMPTY_RENEGOTIATION_INFO_SCSV"}));
    engine.setEnabledCipherSuites(new String[] {one});
    assertArrayEquals(new String[] {one}, engine.getEnabledCipherSuites());
    for (String[] wrong :
        new String[][] {null, {}, {null}, {""}, {"X"}, {one, "TLS_AES_128_GCM_SHA256"}}) {
      assertThrows(IllegalArgumentException.class, () -> engine.setEnabledCipherSuites(wrong));
    }
    assertArrayEquals(new String[] {one}, engine.getEnabledCipherSuites());
  }

  @Test
  void arraysAreCopies() {
    for (Consumer<SSLEngine> spoil :
        List.<Consumer<SSLEngine>>of(
            e -> e.getEnabledCipherSuites()[0] = null,
            e -> e.getSupportedCipherSuites()[0] = null,
            e -> e.getEnabledProtocols()[0] = null,
            e -> e.getSupportedProtocols()[0] = null,
            e -> e.getSSLParameters().getCipherSuites()[0] = null)) {
      spoil.accept(engine);
    }
    assertFalse(Arrays.asList(engine.getEnabledCipherSuites()).contains(null));
    assertFalse(Arrays.asList(engine.getSupportedCipherSuites()).contains(null));
    assertFalse(Arrays.asList(engine.getEnabledProtocols()).contains(null));
    assertFalse(Arrays.asList(engine.getSupportedProtocols()).contains(null));
    String[] suites = {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"};
    engine.setEnabledCipherSuites(suites);
    suites[0] = null;
    assertFalse(Arrays.asList(engine.getEnabledCipherSuites()).contains(null));
    SSLParameters parameters = engine.getSSLParameters();
    String[] protocols = {"h2"};
    parameters.setApplicationProtocols(protocols);
    engine.setSSLParameters(parameters);
    protocols[0] = "spoiled";
    engine.getSSLParameters().getApplicationProtocols()[0] = "spoiled";
    assertArrayEquals(new String[] {"h2"}, engine.getSSLParameters().getApplicationProtocols());
  }

  @Test
  void clientAuth() {
    engine.setNeedClientAuth(true);
    assertTrue(engine.getNeedClientAuth());
    assertFalse(engine.getWantClientAuth());
    engine.setWantClientAuth(true);
    assertFalse(engine.getNeedClientAuth());
    assertTrue(engine.getWantClientAuth());
    SSLParameters parameters = engine.getSSLParameters();
    assertTrue(parameters.getWantClientAuth());
    parameters.setNeedClientAuth(true);
    engine.setSSLParameters(parameters);
    assertTrue(engine.getNeedClientAuth());
    engine.setNeedClientAuth(false);
    assertFalse(engine.getNeedClientAuth() || engine.getWantClientAuth());
    assertTrue(engine.getEnableSessionCreation());
    engine.setEnableSessionCreation(false);
    assertFalse(engine.getEnableSessionCreation());
  }

  @Test
  void everyParameterComesBack() {
    SSLParameters in = engine.getSSLParameters();
    assertEquals(List.of(new SNIHostName("www.example.test")), in.getServerNames());
    in.setProtocols(new String[] {"TLSv1.2"});
    in.setCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
    in.setWantClientAuth(true);
    in.setEndpointIdentificationAlgorithm("HTTPS");
    AlgorithmConstraints constraints = new Forbid(name -> false);
    in.setAlgorithmConstraints(constraints);
    in.setServerNames(List.of(new SNIHostName("a.test")));
    var matchers = List.of(SNIHostName.createSNIMatcher("a\\.test"));
    in.setSNIMatchers(List.copyOf(matchers));
    in.setApplicationProtocols(new String[] {"h2", "http/1.1"});
    in.setUseCipherSuitesOrder(false);
    in.setMaximumPacketSize(2000);
    in.setEnableRetransmissions(false);
    engine.setSSLParameters(in);
    SSLParameters out = engine.getSSLParameters();
    assertNotSame(in, out);
    assertArrayEquals(in.getProtocols(), out.getProtocols());
    assertArrayEquals(in.getCipherSuites(), out.getCipherSuites());
    assertTrue(out.getWantClientAuth());
    assertEquals("HTTPS", out.getEndpointIdentificationAlgorithm());
    assertSame(constraints, out.getAlgorithmConstraints());
    assertEquals(in.getServerNames(), out.getServerNames());
    assertEquals(List.copyOf(matchers), List.copyOf(out.getSNIMatchers()));
    assertArrayEquals(in.getApplicationProtocols(), out.getApplicationProtocols());
    assertFalse(out.getUseCipherSuitesOrder());
    assertEquals(2000, out.getMaximumPacketSize());
    assertFalse(out.getEnableRetransmissions());
  }

  @Test
  void parametersThatSayNothingChangeNothing() {
    String[] suites = engine.getEnabledCipherSuites();
    engine.setSSLParameters(new SSLParameters());
    assertArrayEquals(suites, engine.getEnabledCipherSuites());
    assertArrayEquals(new String[] {"TLSv1.2"}, engine.getEnabledProtocols());
    SSLParameters wrong = new SSLParameters();
    wrong.setProtocols(new String[] {"TLSv1.1"});
    wrong.setCipherSuites(new String[] {"X"});
    assertThrows(IllegalArgumentException.class, () -> engine.setSSLParameters(wrong));
    assertArrayEquals(new String[] {"TLSv1.2"}, engine.getEnabledProtocols());
  }
}
