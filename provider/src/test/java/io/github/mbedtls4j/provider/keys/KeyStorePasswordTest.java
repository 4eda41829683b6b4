package io.github.mbedtls4j.provider.keys;

import static io.github.mbedtls4j.provider.keys.TestKeys.outcome;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Key stores with an empty password or none: what they give is the same with us at position 1. */
class KeyStorePasswordTest {
  private static final String PKCS12 = "keystore.pkcs12.";

  private static final List<String> COUNTS =
      List.of("certPbeIterationCount", "keyPbeIterationCount", "macIterationCount");

  /** The usual 10,000 iterations only take time here. */
  @BeforeAll
  static void fewIterations() {
    COUNTS.forEach(count -> System.setProperty(PKCS12 + count, "10"));
  }

  @AfterAll
  static void usualIterations() {
    COUNTS.forEach(count -> System.clearProperty(PKCS12 + count));
  }

  /** Of nobody: a store does not compare it with the key. */
  private static final String CERTIFICATE =
      "MIIBdjCCARugAwIBAgIUSdgpVDwy+3BVCpNOCE/l6xGN+H8wCgYIKoZIzj0EAwIwDzENMAsGA1UEAwwEdGVzdDAg"
          + "Fw0yNjExMjMxNjE5NDJaGA8yMTI2MTAzMDE2MTk0MlowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqG"
          + "SM49AwEHA0IABEQfhhbo9DhR1Tfied/R9QzW2//+vs06Y4ke6zfdW8AF9HASjAs4JGKL1TFDEVHKrfVcnRd9HJ+w"
          + "rb1nlT/VTQKjUzBRMB0GA1UdDgQWBBSWL+tLmAQ3PIZNr3jAsEKzwKX/oDAfBgNVHSMEGDAWgBSWL+tLmAQ3PIZN"
          + "r3jAsEKzwKX/oDAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQDhnxo+MFgrXHQP2OLeL0XrA1t4"
          + "XtbhsxZY3xF83QqExgIhAOZL5x9t98fezhQScPckl/y7oZBxjk9QUZgtSRV4atAO";

  private static Certificate certificate() throws Exception {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(CERTIFICATE)));
  }

  private static byte[] store(String type, char[] password, boolean withKey) throws Exception {
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    Certificate certificate = certificate();
    store.setCertificateEntry("trusted", certificate);
    if (withKey) {
      store.setKeyEntry(
          "key", TestKeys.SUN_EC_PAIR.getPrivate(), password, new Certificate[] {certificate});
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, password);
    return out.toByteArray();
  }

  /** Everything that a store gives, exceptions too. */
  private static List<Object> content(String type, byte[] bytes, char[] password) {
    List<Object> content = new ArrayList<>();
    content.add(
        outcome(
            () -> {
              KeyStore store = KeyStore.getInstance(type);
              store.load(new ByteArrayInputStream(bytes), password);
              for (String alias : Collections.list(store.aliases())) {
                content.add(alias + store.isKeyEntry(alias) + store.getCertificate(alias));
                for (char[] each : new char[][] {null, {}, "changeit".toCharArray()}) {
                  content.add(outcome(() -> store.getKey(alias, each)));
                }
              }
              return "loaded";
            }));
    return content;
  }

  @ParameterizedTest
  @CsvSource({"PKCS12, changeit", "PKCS12, ''", "JKS, changeit", "JKS, ''"})
  void whateverThePassword(String type, String password) throws Exception {
    byte[] bytes = store(type, password.toCharArray(), true);
    for (char[] given : new char[][] {null, {}, "changeit".toCharArray()}) {
      List<Object> expected = content(type, bytes, given);
      TestKeys.atPosition1(
          () -> {
            assertEquals(expected, content(type, bytes, given));
            return null;
          });
    }
    List<Object> right = content(type, bytes, password.toCharArray());
    assertEquals("loaded", right.get(right.size() - 1));
    assertTrue(right.contains(TestKeys.SUN_EC_PAIR.getPrivate()), right::toString);
  }

  /** Neither encrypted nor authenticated, as the JDK's own trust store is. */
  @Test
  void withoutPassword() throws Exception {
    System.setProperty(PKCS12 + "certProtectionAlgorithm", "NONE");
    System.setProperty(PKCS12 + "macAlgorithm", "NONE");
    byte[] before;
    List<byte[]> written = new ArrayList<>();
    try {
      before = store("PKCS12", null, false);
      TestKeys.atPosition1(() -> written.add(store("PKCS12", null, false)));
    } finally {
      System.clearProperty(PKCS12 + "certProtectionAlgorithm");
      System.clearProperty(PKCS12 + "macAlgorithm");
    }
    written.add(before);
    for (byte[] bytes : written) {
      List<Object> expected = content("PKCS12", bytes, null);
      assertEquals("loaded", expected.get(expected.size() - 1));
      assertTrue(expected.get(0).toString().startsWith("trusted"));
      TestKeys.atPosition1(
          () -> {
            assertEquals(expected, content("PKCS12", bytes, null));
            return null;
          });
    }
  }
}
