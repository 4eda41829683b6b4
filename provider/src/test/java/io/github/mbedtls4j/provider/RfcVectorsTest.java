package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of standards to questions that Wycheproof does not ask. */
class RfcVectorsTest {
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();

  private static byte[] hex(String text) {
    return text == null ? new byte[0] : HexFormat.of().parseHex(text);
  }

  private static Cipher cipher(String transformation) throws Exception {
    String algorithm = transformation.replaceFirst("/.*", "");
    assumeTrue(PROVIDER.getService("Cipher", algorithm) != null, "not in this library");
    return Cipher.getInstance(transformation, PROVIDER);
  }

  /** draft-kato-ipsec-camellia-gcm: the GCM specification's cases with Camellia. */
  @ParameterizedTest
  @CsvFileSource(resources = "/camellia-gcm.csv", numLinesToSkip = 1)
  void camelliaGcm(String key, String iv, String aad, String plain, String sealed)
      throws Exception {
    SecretKeySpec secret = new SecretKeySpec(hex(key), "Camellia");
    GCMParameterSpec params = new GCMParameterSpec(128, hex(iv));
    for (int step : new int[] {1, 16, 1000}) {
      Cipher cipher = cipher("Camellia/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, secret, params);
      cipher.updateAAD(hex(aad));
      assertArrayEquals(hex(sealed), CipherCatalogueTest.inSteps(cipher, hex(plain), step));
      cipher.init(Cipher.DECRYPT_MODE, secret, params);
      cipher.updateAAD(hex(aad));
      assertArrayEquals(hex(plain), CipherCatalogueTest.inSteps(cipher, hex(sealed), step));
    }
  }

  /** draft-kato-ipsec-camellia-cmac96and128, section 4: the messages of RFC 4493. */
  @ParameterizedTest
  @CsvSource({
    "0, ba925782aaa1f5d9a00f89648094fc71",
    "16, 6d962854a3b9fda56d7d45a95ee17993",
    "40, 5c18d119ccd6766144ac1866131d9f22",
    "64, c2699a6eba55ce9d939a8a4e19466ee9"
  })
  void camelliaCmac(int length, String expected) throws Exception {
    String name = "CamelliaCMAC";
    assumeTrue(PROVIDER.getService("Mac", name) != null, "not in this library");
    Mac mac = Mac.getInstance(name, PROVIDER);
    mac.init(new SecretKeySpec(hex("2b7e151628aed2a6abf7158809cf4f3c"), "Camellia"));
    byte[] message =
        hex(
            "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
    mac.update(message, 0, length);
    assertEquals(expected, HexFormat.of().formatHex(mac.doFinal()));
  }

  /** RFC 5794, appendix A. */
  @ParameterizedTest
  @CsvSource({
    "000102030405060708090a0b0c0d0e0f, d718fbd6ab644c739da95f3be6451778",
    "000102030405060708090a0b0c0d0e0f1011121314151617, 26449c1805dbe7aa25a468ce263a9e79",
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f,"
        + " f92bd7c79fb72e2f2b8f80c1972d24fc"
  })
  void aria(String key, String expected) throws Exception {
    oneBlock("ARIA", key, "00112233445566778899aabbccddeeff", expected);
  }

  /** RFC 3713, appendix A. */
  @ParameterizedTest
  @CsvSource({
    "0123456789abcdeffedcba9876543210, 67673138549669730857065648eabe43",
    "0123456789abcdeffedcba98765432100011223344556677, b4993401b3e996f84ee5cee7d79b09b9",
    "0123456789abcdeffedcba987654321000112233445566778899aabbccddeeff,"
        + " 9acc237dff16d76c20ef7c919e3a7509"
  })
  void camellia(String key, String expected) throws Exception {
    oneBlock("Camellia", key, "0123456789abcdeffedcba9876543210", expected);
  }

  private static void oneBlock(String algorithm, String key, String plain, String expected)
      throws Exception {
    Cipher cipher = cipher(algorithm + "/ECB/NoPadding");
    SecretKeySpec secret = new SecretKeySpec(hex(key), algorithm);
    cipher.init(Cipher.ENCRYPT_MODE, secret);
    assertEquals(expected, HexFormat.of().formatHex(cipher.doFinal(hex(plain))));
    cipher.init(Cipher.DECRYPT_MODE, secret);
    assertEquals(plain, HexFormat.of().formatHex(cipher.doFinal(hex(expected))));
  }

  /** RFC 6229: the key stream at 18 places, 16 bytes each. */
  @ParameterizedTest
  @CsvFileSource(resources = "/rfc6229.csv", numLinesToSkip = 1)
  void arcfour(String key, String stream) throws Exception {
    Cipher cipher = cipher("ARCFOUR");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(hex(key), "ARCFOUR"));
    byte[] actual = CipherCatalogueTest.inSteps(cipher, new byte[4112], 1000);
    StringBuilder parts = new StringBuilder();
    for (int at :
        new int[] {
          0, 16, 240, 256, 496, 512, 752, 768, 1008, 1024, 1520, 1536, 2032, 2048, 3056, 3072, 4080,
          4096
        }) {
      parts.append(HexFormat.of().formatHex(actual, at, at + 16));
    }
    assertEquals(stream, parts.toString());
  }
}
