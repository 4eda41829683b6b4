package io.github.mbedtls4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.mbedtls4j.jsse.MbedTlsJsseProvider;
import io.github.mbedtls4j.provider.MbedTlsProvider;
import java.security.Provider;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The examples print what they should; the values are python-mbedtls's, OpenSSL's and the JDK's.
 */
class ExamplesTest {
  private static final Provider PROVIDER = new MbedTlsProvider();

  @Test
  void digests() throws Exception {
    List<String> lines = DigestExample.run(PROVIDER);
    assertEquals("MD5 bb649c83dd1ea5c9d9dec9a18df0ffe9", lines.get(0));
    assertEquals("SHA-224 a4337bc45a8fc544c03f52dc550cd6e1e87021bc896588bd79e901e2", lines.get(2));
    assertEquals("RIPEMD160 cc4a5ce1b3df48aec5d22d1f16b894a0b894eccc", lines.get(4));
  }

  @Test
  void hmac() throws Exception {
    assertEquals(List.of("HmacMD5 9d2d2f726a5c9880b17247870fe9e4eb"), HmacExample.run(PROVIDER));
  }

  @Test
  void hkdf() throws Exception {
    String key =
        "762cef90cc551d1bd75c61af92ac0a90f971f429cd22f71a9470032ea8651efb92e86c0c63f8650d766a";
    assertEquals(
        List.of("MbedTLS HKDF-SHA256 " + key, "in two steps " + key), HkdfExample.run(PROVIDER));
  }

  @Test
  void cipher() throws Exception {
    List<String> lines = CipherExample.run(PROVIDER);
    assertEquals(
        "NoPadding 2a606b3698973d5bdf7f8896f509194af63268f46ecae8fef5d75827b18cc985", lines.get(0));
    assertEquals("This is a super-secret message!!", lines.get(1));
    assertEquals("This is a super-secret message!!", lines.get(3));
  }

  @Test
  void rsa() throws Exception {
    assertEquals(List.of("decrypted: secret message", "verified: true"), RsaExample.run(PROVIDER));
  }

  @Test
  void ecdsa() throws Exception {
    assertEquals(List.of("verified: true", "deterministic: true"), EcdsaExample.run(PROVIDER));
  }

  @Test
  void keyFiles() throws Exception {
    assertEquals(
        List.of(
            "-----BEGIN ENCRYPTED PRIVATE KEY-----",
            "a pair: true",
            "Wrong password, or the key is damaged"),
        KeyFileExample.run(PROVIDER));
  }

  @Test
  void psk() throws Exception {
    assertEquals(
        List.of("TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256", "sensor-2 reports 21.5 degrees"),
        PskExample.run(new MbedTlsJsseProvider()));
  }

  @Test
  void keyAgreement() throws Exception {
    List<String> lines = KeyAgreementExample.run(PROVIDER);
    assertEquals(3, lines.size());
    for (String line : lines) {
      assertEquals("true", line.substring(line.lastIndexOf(' ') + 1), line);
    }
  }
}
