package io.github.mbedtls4j.provider.keys;

import static io.github.mbedtls4j.provider.keys.TestKeys.outcome;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Key stores with an empty password or none: what they give is the same with us at position 1. */
class KeyStorePasswordTest {
  private static final String PKCS12 = "keystore.pkcs12.";

  private static X509Certificate certificate() throws Exception {
    X500Principal name = new X500Principal("CN=test");
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.TWO,
                    new Date(0),
                    new Date(4_000_000_000_000L),
                    name,
                    TestKeys.SUN_EC_PAIR.getPublic())
                .build(
                    new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(TestKeys.SUN_EC_PAIR.getPrivate())));
  }

  private static byte[] store(String type, char[] password, boolean withKey) throws Exception {
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    X509Certificate certificate = certificate();
    store.setCertificateEntry("trusted", certificate);
    if (withKey) {
      store.setKeyEntry(
          "key", TestKeys.SUN_EC_PAIR.getPrivate(), password, new X509Certificate[] {certificate});
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
  @CsvSource({"PKCS12, changeit", "PKCS12, ''", "JKS, changeit", "JKS, ''", "JCEKS, ''"})
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
