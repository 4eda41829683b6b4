package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Identity;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Endpoint identification: the JDK's trust manager with SunJSSE's engine, the same with ours, and a
 * plain trust manager, for which we check the name, all come to one verdict.
 */
class EngineHostNameTest {
  /** Accepts every chain; being no X509ExtendedTrustManager, it cannot check names. */
  private static final class Plain implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static Peers.Outcome run(
      Provider client, TrustManager[] trust, String algorithm, String host, Identity identity)
      throws Exception {
    EnginePair pair =
        Peers.pair(
            Contexts.of(client, null, trust).createSSLEngine(host, 443),
            Contexts.server(Contexts.SUN, identity).createSSLEngine());
    SSLParameters parameters = pair.client.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm(algorithm);
    pair.client.setSSLParameters(parameters);
    return Peers.run(pair);
  }

  private static Identity identity(String subject, String... names) throws Exception {
    GeneralName[] all = new GeneralName[names.length];
    for (int i = 0; i < all.length; i++) {
      String[] parts = names[i].split(":", 2);
      all[i] =
          new GeneralName(
              switch (parts[0]) {
                case "dns" -> GeneralName.dNSName;
                case "ip" -> GeneralName.iPAddress;
                default -> GeneralName.rfc822Name;
              },
              parts[1]);
    }
    return TestCertificates.of(subject, "EC").by(TestPki.root(Kind.EC)).names(all).make();
  }

  @TestFactory
  Stream<DynamicTest> verdictsAreSunJsses() throws Exception {
    Identity san =
        identity(
            "CN=cn.test",
            "dns:www.example.test",
            "dns:*.wild.test",
            "dns:*.com",
            "dns:xn--bcher-kva.example",
            "ip:192.0.2.1",
            "ip:2001:db8::1");
    Identity cnOnly = identity("CN=cn.test,OU=x");
    Identity cnWild = identity("CN=*.cn.test");
    Identity mail = identity("CN=cn.test", "mail:a@cn.test");
    Identity onlyIp = identity("CN=cn.test", "ip:192.0.2.1");
    Identity cnIp = identity("CN=192.0.2.7");
    List<DynamicTest> tests = new ArrayList<>();
    for (String host :
        List.of(
            "www.example.test",
            "WWW.Example.TEST",
            "example.test",
            "a.www.example.test",
            "a.wild.test",
            "a.b.wild.test",
            "wild.test",
            "cn.test",
            "b\u00fccher.example",
            "192.0.2.1",
            "192.0.2.2",
            "2001:db8::1",
            "2001:DB8:0:0::1",
            "2001:db8::2",
            "")) {
      tests.add(verdict(host, san));
    }
    for (String host : List.of("cn.test", "CN.test", "a.cn.test", "x", "192.0.2.1")) {
      tests.add(verdict(host, cnOnly));
      tests.add(verdict(host, cnWild));
      tests.add(verdict(host, mail));
      tests.add(verdict(host, onlyIp));
    }
    tests.add(verdict("192.0.2.7", cnIp));
    return tests.stream();
  }

  @Test
  void wildcardForATopLevelDomainIsNobodys() throws Exception {
    Identity com = identity("CN=cn.test", "dns:*.com");
    // The JDK minds only if the chain ends at a public authority.
    assertNull(run(Contexts.OURS, TestPki.trust(), "HTTPS", "foo.com", com).client());
    TrustManager[] plain = {new Plain()};
    assertNotNull(run(Contexts.OURS, plain, "HTTPS", "foo.com", com).client());
    // A wildcard is a whole label for us.
    Identity part = identity("CN=cn.test", "dns:w*.example.test");
    assertNull(run(Contexts.OURS, TestPki.trust(), "HTTPS", "www.example.test", part).client());
    assertNotNull(run(Contexts.OURS, plain, "HTTPS", "www.example.test", part).client());
  }

  private static DynamicTest verdict(String host, Identity identity) {
    return DynamicTest.dynamicTest(
        host + " against " + identity.leaf().getSubjectX500Principal(),
        () -> {
          Peers.Outcome sun = run(Contexts.SUN, TestPki.trust(), "HTTPS", host, identity);
          Peers.Outcome jdk = run(Contexts.OURS, TestPki.trust(), "HTTPS", host, identity);
          Peers.Outcome ldap =
              run(Contexts.OURS, new TrustManager[] {new Plain()}, "LDAPS", host, identity);
          Peers.Outcome sunLdap = run(Contexts.SUN, TestPki.trust(), "LDAPS", host, identity);
          assertEquals(sunLdap.client() == null, ldap.client() == null, "" + ldap.client());
          Peers.Outcome own =
              run(Contexts.OURS, new TrustManager[] {new Plain()}, "HTTPS", host, identity);
          assertEquals(sun.client() == null, jdk.client() == null, "" + jdk.client());
          assertEquals(sun.client() == null, own.client() == null, "" + own.client());
          for (Peers.Outcome outcome : List.of(jdk, own)) {
            if (outcome.client() != null) {
              assertInstanceOf(CertificateException.class, outcome.client().getCause());
              assertEquals(
                  "Received fatal alert: certificate_unknown", Peers.message(outcome.server()));
            }
          }
        });
  }

  @Test
  void namesAreOnlyCheckedOnRequest() throws Exception {
    TrustManager[] plain = {new Plain()};
    Identity identity = TestPki.server(Kind.EC);
    assertNull(run(Contexts.OURS, plain, null, "wrong.test", identity).client());
    assertNull(run(Contexts.OURS, plain, "", "wrong.test", identity).client());
    assertNotNull(run(Contexts.OURS, plain, "HTTPS", "wrong.test", identity).client());
    assertNotNull(run(Contexts.OURS, plain, "https", "wrong.test", identity).client());
    assertNotNull(run(Contexts.OURS, plain, "LDAPS", "wrong.test", identity).client());
    assertNotNull(run(Contexts.OURS, plain, "HTTPS", null, identity).client());
    assertNull(run(Contexts.OURS, plain, "LDAPS", "localhost", identity).client());
    Peers.Outcome unknown = run(Contexts.OURS, plain, "FTPS", "localhost", identity);
    assertTrue(unknown.client().getMessage().contains("FTPS"), unknown.client().getMessage());
  }
}
