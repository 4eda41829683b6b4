package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.handle.SslSuite;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The suites with pre-shared keys, what becomes of sessions, and certificates beside them. */
class PskSuitesTest {
  private final PskKeyManager keys = PskKeyManager.of(PskPeers.CREDENTIAL);

  static Stream<String> suites() throws Exception {
    return PskPeers.suites();
  }

  @ParameterizedTest
  @MethodSource("suites")
  void everySuite(String suite) throws Exception {
    EnginePair pair = PskPeers.pair(keys, keys, suite);
    pair.handshake();
    for (SSLEngine engine : List.of(pair.client, pair.server)) {
      assertEquals(suite, engine.getSession().getCipherSuite());
    }
    byte[] data = Contexts.random(20_000);
    assertArrayEquals(data, pair.send(pair.client, data));
    assertArrayEquals(data, pair.send(pair.server, data));
    SSLSession server = pair.server.getSession();
    assertEquals(PskPeers.CREDENTIAL.identity(), server.getPeerPrincipal());
    assertThrows(SSLPeerUnverifiedException.class, server::getPeerCertificates);
    SSLSession client = pair.client.getSession();
    assertEquals(PskPeers.CREDENTIAL.identity(), client.getLocalPrincipal());
    assertNull(client.getLocalCertificates());
    if (suite.contains("RSA")) {
      assertArrayEquals(TestPki.server(TestPki.Kind.RSA).chain, client.getPeerCertificates());
      assertArrayEquals(TestPki.server(TestPki.Kind.RSA).chain, server.getLocalCertificates());
      assertEquals(client.getPeerPrincipal(), server.getLocalPrincipal());
    } else {
      assertThrows(SSLPeerUnverifiedException.class, client::getPeerCertificates);
      assertThrows(SSLPeerUnverifiedException.class, client::getPeerPrincipal);
      assertNull(server.getLocalPrincipal());
      assertNull(server.getLocalCertificates());
    }
  }

  /** The names of RFC 4279, 5487, 5489, 6655 (with its slip), 7905 and 6367. */
  @Tag("disabledByDefault")
  @Test
  void namesAreIanas() throws Exception {
    SSLEngine engine = PskPeers.context(keys).createSSLEngine();
    List<String> supported = Arrays.asList(engine.getSupportedCipherSuites());
    assertTrue(
        supported.containsAll(
            List.of(
                "TLS_PSK_WITH_AES_128_CBC_SHA",
                "TLS_DHE_PSK_WITH_AES_256_GCM_SHA384",
                "TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256",
                "TLS_PSK_WITH_AES_128_CCM_8",
                "TLS_DHE_PSK_WITH_AES_128_CCM",
                "TLS_PSK_DHE_WITH_AES_128_CCM_8",
                "TLS_PSK_DHE_WITH_AES_256_CCM_8",
                "TLS_RSA_PSK_WITH_CHACHA20_POLY1305_SHA256",
                "TLS_ECDHE_PSK_WITH_CAMELLIA_128_CBC_SHA256")));
    assertFalse(supported.contains("TLS_DHE_PSK_WITH_AES_128_CCM_8"));
    // Every suite of the library but one, for which no API gives a password; no anonymous ones.
    List<String> library = SslSuite.all().stream().map(SslSuite::name).toList();
    assertEquals(
        library.stream().filter(name -> !name.contains("ECJPAKE")).count(), supported.size());
    assertTrue(supported.stream().noneMatch(s -> s.contains("ECJPAKE") || s.contains("anon")));
    for (String suite : engine.getEnabledCipherSuites()) {
      assertFalse(suite.contains("PSK"), suite);
    }
  }

  @Tag("disabledByDefault")
  @ParameterizedTest
  @MethodSource("io.github.mbedtls4j.jsse.PskPeers#exchanges")
  void disabledByDefault(String suite) throws Exception {
    String old = suite.replaceAll("WITH_.*", "WITH_AES_128_CBC_SHA");
    EnginePair pair = PskPeers.pair(keys, keys, old, suite);
    pair.client.setEnabledProtocols(new String[] {"TLSv1.1"});
    pair.server.setEnabledProtocols(new String[] {"TLSv1.1", "TLSv1.2"});
    pair.handshake();
    assertEquals(old, pair.server.getSession().getCipherSuite());
    assertEquals("TLSv1.1", pair.server.getSession().getProtocol());
  }

  @Test
  void withoutKeysNothingIsOffered() throws Exception {
    EnginePair pair =
        PskPeers.pair(
            PskPeers.context(),
            PskPeers.server(keys),
            PskPeers.PLAIN,
            "TLS_PSK_WITH_AES_128_CCM_8");
    assertThrows(SSLHandshakeException.class, pair.client::beginHandshake);
    assertTrue(pair.client.isOutboundDone());
    EnginePair mixed =
        PskPeers.pair(
            PskPeers.context(), PskPeers.server(keys), PskPeers.PLAIN, PskPeers.CERTIFICATE);
    mixed.handshake();
    assertEquals(PskPeers.CERTIFICATE, mixed.client.getSession().getCipherSuite());
  }

  @Test
  void aServerWithoutKeysHasNoSuite() throws Exception {
    EnginePair pair = PskPeers.pair(PskPeers.context(keys), PskPeers.context(), PskPeers.PLAIN);
    SSLHandshakeException refusal =
        assertThrows(SSLHandshakeException.class, pair.server::beginHandshake);
    assertTrue(refusal.getMessage().startsWith("No appropriate protocol"), refusal::getMessage);
  }

  /** Who resumed would keep an identity that may have been withdrawn since. */
  @Test
  void sessionsAreNotResumed() throws Exception {
    SSLContext client = PskPeers.context(keys);
    SSLContext server = PskPeers.context(keys);
    EnginePair first = PskPeers.pair(client, server, PskPeers.PLAIN);
    first.handshake();
    EnginePair second = PskPeers.pair(client, server, PskPeers.PLAIN);
    second.handshake();
    assertNotSame(first.client.getSession(), second.client.getSession());
    assertNotSame(first.server.getSession(), second.server.getSession());
    assertEquals(
        first.client.getSession().getLocalPrincipal(),
        second.server.getSession().getPeerPrincipal());
    assertFalse(client.getClientSessionContext().getIds().hasMoreElements());
    assertFalse(server.getServerSessionContext().getIds().hasMoreElements());
  }

  @Test
  void certificatesStandBesideKeys() throws Exception {
    for (boolean pskFirst : new boolean[] {true, false}) {
      for (boolean serversOrder : new boolean[] {true, false}) {
        RecordingKeys x509 = new RecordingKeys(TestPki.server(TestPki.Kind.RSA));
        EnginePair pair = mixed(x509, pskFirst, serversOrder);
        pair.handshake();
        String suite = pair.client.getSession().getCipherSuite();
        assertEquals(pskFirst == serversOrder ? PskPeers.PLAIN : PskPeers.CERTIFICATE, suite);
        // Not asked in vain.
        assertEquals(suite.equals(PskPeers.PLAIN) ? List.of() : List.of("RSA"), x509.serverTypes);
      }
    }
  }

  private EnginePair mixed(RecordingKeys x509, boolean pskFirst, boolean serversOrder)
      throws Exception {
    EnginePair pair =
        PskPeers.pair(PskPeers.context(keys), PskPeers.context(x509, keys), PskPeers.PLAIN);
    String[] suites = {PskPeers.PLAIN, PskPeers.CERTIFICATE};
    String[] reversed = {PskPeers.CERTIFICATE, PskPeers.PLAIN};
    pair.server.setEnabledCipherSuites(pskFirst ? suites : reversed);
    pair.client.setEnabledCipherSuites(pskFirst ? reversed : suites);
    SSLParameters parameters = pair.server.getSSLParameters();
    parameters.setUseCipherSuitesOrder(serversOrder);
    pair.server.setSSLParameters(parameters);
    return pair;
  }

  /** The first suite needs a certificate, which the server has none of. */
  @Test
  void keysReplaceAMissingCertificate() throws Exception {
    EnginePair pair =
        PskPeers.pair(
            PskPeers.context(keys),
            PskPeers.context(keys),
            PskPeers.CERTIFICATE,
            "TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256");
    pair.handshake();
    assertEquals(
        "TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256", pair.server.getSession().getCipherSuite());
  }

  @Test
  void aKeyIsClientAuthentication() throws Exception {
    EnginePair pair = PskPeers.pair(keys, keys, PskPeers.PLAIN, PskPeers.CERTIFICATE);
    pair.server.setNeedClientAuth(true);
    pair.handshake();
    assertEquals(PskPeers.CREDENTIAL.identity(), pair.server.getSession().getPeerPrincipal());
    EnginePair certificates = PskPeers.pair(keys, keys, PskPeers.CERTIFICATE);
    certificates.server.setNeedClientAuth(true);
    SSLException refusal = Peers.run(certificates).server();
    assertEquals("Empty client certificate chain", refusal.getMessage());
  }

  /** RSA_PSK: the JDK's trust managers know it as RSA. */
  @Tag("disabledByDefault")
  @Test
  void certificateOfRsaPskIsChecked() throws Exception {
    X509TrustManager jdk = (X509TrustManager) TestPki.trust()[0];
    assertThrows(
        CertificateException.class,
        () -> jdk.checkServerTrusted(TestPki.server(TestPki.Kind.RSA).chain, "RSA_PSK"));
    RecordingTrust trust = new RecordingTrust();
    SSLContext client =
        Contexts.of(Contexts.OURS, new KeyManager[] {keys}, new TrustManager[] {trust});
    String suite = "TLS_RSA_PSK_WITH_AES_128_GCM_SHA256";
    PskPeers.pair(client, PskPeers.server(keys), suite).handshake();
    assertEquals(List.of("RSA"), trust.authTypes);
    trust.refusal = new CertificateException("not this one");
    Peers.Outcome outcome = Peers.run(PskPeers.pair(client, PskPeers.server(keys), suite));
    assertEquals("not this one", outcome.client().getMessage());
    assertEquals("Received fatal alert: certificate_unknown", outcome.server().getMessage());
  }
}
