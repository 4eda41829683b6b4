package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import io.github.mbedtls4j.testing.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.UnrecoverableKeyException;
import java.security.cert.CertificateException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Factories of managers: the JDK's under our name, and those of PEM files. */
class ManagerFactoriesTest {
  private static final Path SYSTEM_ROOTS = Path.of("/etc/ssl/certs/ca-certificates.crt");

  @TempDir Path directory;

  /** A JVM without the JDK's provider, or with ours before it. */
  public static void main(String[] arguments) throws Exception {
    Security.insertProviderAt(new MbedTlsJsseProvider(), 1);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    System.out.println("keys: " + keys.getProvider().getName());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init((KeyStore) null);
    System.out.println("trust: " + trust.getProvider().getName());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, null, null);
    System.out.println("context: " + context.getProvider().getName());
    Security.removeProvider("SunJSSE");
    try {
      KeyManagerFactory.getInstance("SunX509", MbedTlsJsseProvider.NAME);
    } catch (NoSuchAlgorithmException e) {
      System.out.println("without: " + e.getMessage());
    }
  }

  @Test
  void firstOfAllAndWithoutTheJdks() throws Exception {
    ChildJvm.of(ManagerFactoriesTest.class)
        .run()
        .expect(
            "keys: MbedJSSE",
            "trust: MbedJSSE",
            "context: MbedJSSE",
            "without: KeyManagerFactory.SunX509 cannot be made",
            "SunJSSE is not installed");
  }

  /** Every name of the JDK's, and no other. */
  @Test
  void namesAreTheJdks() {
    for (String type : new String[] {"KeyManagerFactory", "TrustManagerFactory"}) {
      Set<String> jdk = names(Contexts.SUN, type);
      assertEquals(jdk, names(Contexts.OURS, type));
      assertTrue(jdk.contains("SunX509") && jdk.contains("PKIX"), jdk.toString());
    }
  }

  private static Set<String> names(Provider provider, String type) {
    Set<String> names = new HashSet<>();
    for (String candidate :
        new String[] {"SunX509", "NewSunX509", "PKIX", "SunPKIX", "X509", "X.509", "x"}) {
      if (provider.getService(type, candidate) != null) {
        names.add(candidate);
      }
    }
    provider.getServices().stream()
        .filter(service -> service.getType().equals(type))
        .forEach(service -> names.add(service.getAlgorithm()));
    return names;
  }

  @ParameterizedTest
  @ValueSource(strings = {"SunX509", "NewSunX509", "PKIX"})
  void keys(String name) throws Exception {
    KeyManagerFactory factory = KeyManagerFactory.getInstance(name, Contexts.OURS);
    assertThrows(IllegalStateException.class, factory::getKeyManagers);
    KeyStore store = TestPki.keyStore(TestPki.server(Kind.EC));
    if (name.equals("SunX509")) {
      // The other one decrypts a key when it is needed.
      assertThrows(
          UnrecoverableKeyException.class, () -> factory.init(store, "wrong".toCharArray()));
    }
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> factory.init(new ManagerFactoryParameters() {}));
    factory.init(store, TestPki.PASSWORD);
    SSLContext server = Contexts.of(Contexts.OURS, factory.getKeyManagers(), null);
    EnginePair pair =
        Peers.pair(
            Contexts.client(Contexts.SUN).createSSLEngine("localhost", 443),
            server.createSSLEngine());
    pair.handshake();
    assertEquals(TestPki.server(Kind.EC).leaf(), pair.client.getSession().getPeerCertificates()[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SunX509", "PKIX", "SunPKIX", "X509", "X.509"})
  void trust(String name) throws Exception {
    TrustManagerFactory factory = TrustManagerFactory.getInstance(name, Contexts.OURS);
    assertThrows(IllegalStateException.class, factory::getTrustManagers);
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> factory.init(new ManagerFactoryParameters() {}));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("root", TestPki.root(Kind.EC).leaf());
    factory.init(store);
    SSLContext client = Contexts.of(Contexts.OURS, null, factory.getTrustManagers());
    for (Kind kind : Kind.values()) {
      Peers.Outcome outcome =
          Peers.run(
              Peers.pair(
                  client.createSSLEngine("localhost", 443),
                  Contexts.server(Contexts.SUN, TestPki.server(kind)).createSSLEngine()));
      if (kind == Kind.EC) {
        assertNull(outcome.client());
      } else {
        assertNotNull(outcome.client());
      }
    }
  }

  private Path pem(String text) throws IOException {
    return Files.writeString(directory.resolve("roots.pem"), text, StandardCharsets.UTF_8);
  }

  private static String pemOf(Kind kind) throws Exception {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(TestPki.root(kind).leaf().getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  private static X509TrustManager trustOf(Path file) throws Exception {
    return (X509TrustManager) TrustManagers.fromPem(file)[0];
  }

  @Test
  void rootsOfAPemFile() throws Exception {
    Path file =
        pem(
            "# R\u00f6ots - of all\n"
                + pemOf(Kind.EC)
                + "text\r\n"
                + pemOf(Kind.RSA)
                + pemOf(Kind.EC));
    assertEquals(
        Set.of(TestPki.root(Kind.EC).leaf(), TestPki.root(Kind.RSA).leaf()),
        Set.of(trustOf(file).getAcceptedIssuers()));
    assertEquals(2, trustOf(file).getAcceptedIssuers().length);
    SSLContext client = Contexts.of(Contexts.OURS, null, TrustManagers.fromPem(file));
    EnginePair pair =
        Peers.pair(
            client.createSSLEngine("localhost", 443),
            Contexts.server(Contexts.OURS, TestPki.server(Kind.RSA)).createSSLEngine());
    pair.handshake();
    assertArrayEquals(
        TestPki.server(Kind.RSA).chain, pair.client.getSession().getPeerCertificates());
  }

  @Test
  void brokenPemFiles() throws Exception {
    assertThrows(IOException.class, () -> TrustManagers.fromPem(directory.resolve("no such file")));
    assertThrows(CertificateException.class, () -> TrustManagers.fromPem(pem("")));
    assertThrows(CertificateException.class, () -> TrustManagers.fromPem(pem("no certificate")));
    String good = pemOf(Kind.EC);
    assertThrows(
        CertificateException.class,
        () -> TrustManagers.fromPem(pem(good + good.replaceFirst("MII", "AAA"))));
    assertThrows(
        CertificateException.class,
        () -> TrustManagers.fromPem(pem(good.replaceFirst("(?s)\n.*\n-", "\nA\n-"))));
  }

  @Test
  void everyRootOfTheSystemLoads() throws Exception {
    assumeTrue(Files.exists(SYSTEM_ROOTS), SYSTEM_ROOTS + " is not there");
    String text = Files.readString(SYSTEM_ROOTS, StandardCharsets.ISO_8859_1);
    // An administrator may have added one that was there already.
    Set<String> expected = new HashSet<>();
    for (String block : text.split("-----BEGIN CERTIFICATE-----", -1)) {
      expected.add(block.replaceFirst("(?s)-----END.*", "").strip());
    }
    // What stands before the first one.
    int count = expected.size() - 1;
    assertTrue(count > 10);
    assertEquals(count, trustOf(SYSTEM_ROOTS).getAcceptedIssuers().length);
  }
}
