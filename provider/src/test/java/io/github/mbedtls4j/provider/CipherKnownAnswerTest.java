package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CipherKnownAnswerTest {
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();

  private static byte[] hex(String text) {
    return text == null ? new byte[0] : HexFormat.of().parseHex(text);
  }

  private static void check(
      String transformation,
      byte[] key,
      AlgorithmParameterSpec params,
      byte[] aad,
      byte[] plain,
      byte[] encrypted)
      throws Exception {
    SecretKeySpec secret = new SecretKeySpec(key, "AES");
    Cipher cipher = Cipher.getInstance(transformation, PROVIDER);
    for (int step : new int[] {1, 7, 16, 17, 1000}) {
      cipher.init(Cipher.DECRYPT_MODE, secret, params);
      cipher.updateAAD(aad);
      assertArrayEquals(plain, CipherCatalogueTest.inSteps(cipher, encrypted, step));
      // Another object, which has not used this IV yet.
      cipher = Cipher.getInstance(transformation, PROVIDER);
      cipher.init(Cipher.ENCRYPT_MODE, secret, params);
      cipher.updateAAD(aad);
      assertArrayEquals(encrypted, CipherCatalogueTest.inSteps(cipher, plain, step));
    }
  }

  private static void checkPlain(
      String transformation,
      byte[] key,
      AlgorithmParameterSpec params,
      byte[] aad,
      byte[] plain,
      byte[] encrypted)
      throws Exception {
    if (aad != null) {
      check(transformation, key, params, aad, plain, encrypted);
      return;
    }
    SecretKeySpec secret = new SecretKeySpec(key, "AES");
    Cipher cipher = Cipher.getInstance(transformation, PROVIDER);
    for (int step : new int[] {1, 7, 16, 17, 1000}) {
      cipher.init(Cipher.ENCRYPT_MODE, secret, params);
      assertArrayEquals(encrypted, CipherCatalogueTest.inSteps(cipher, plain, step));
      assertArrayEquals(
          encrypted, CipherCatalogueTest.inSteps(cipher, plain, step), "after doFinal");
      cipher.init(Cipher.DECRYPT_MODE, secret, params);
      assertArrayEquals(plain, CipherCatalogueTest.inSteps(cipher, encrypted, step));
    }
  }

  /** SP 800-38A, appendix F: the same four blocks in each mode. */
  @ParameterizedTest
  @CsvSource({
    "ECB, 2b7e151628aed2a6abf7158809cf4f3c, , 3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf43b1cd7f598ece23881b00e3ed0306887b0c785e27e8ad3f8223207104725dd4",
    "CBC, 2b7e151628aed2a6abf7158809cf4f3c, 000102030405060708090a0b0c0d0e0f, 7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b273bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7",
    "CBC, 603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4, 000102030405060708090a0b0c0d0e0f, f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b",
    "CTR, 2b7e151628aed2a6abf7158809cf4f3c, f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff, 874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee",
    "CTR, 8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b, f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff, 1abc932417521ca24f2b0459fe7e6e0b090339ec0aa6faefd5ccc2c6f4ce8e941e36b26bd1ebc670d1bd1d665620abf74f78a7f6d29809585a97daec58c6b050",
  })
  void sp80038a(String mode, String key, String iv, String expected) throws Exception {
    checkPlain(
        "AES/" + mode + "/NoPadding",
        hex(key),
        iv == null ? null : new IvParameterSpec(hex(iv)),
        null,
        hex(
            "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710"),
        hex(expected));
  }

  /** The GCM specification (McGrew and Viega), appendix B. */
  @ParameterizedTest
  @CsvSource({
    "1, 00000000000000000000000000000000, 000000000000000000000000, , , 58e2fccefa7e3061367f1d57a4e7455a",
    "2, 00000000000000000000000000000000, 000000000000000000000000, , 00000000000000000000000000000000, 0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf",
    "4, feffe9928665731c6d6a8f9467308308, cafebabefacedbaddecaf888, feedfacedeadbeeffeedfacedeadbeefabaddad2, d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39, 42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e0915bc94fbc3221a5db94fae95ae7121a47",
    "5, feffe9928665731c6d6a8f9467308308, cafebabefacedbad, feedfacedeadbeeffeedfacedeadbeefabaddad2, d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39, 61353b4c2806934a777ff51fa22a4755699b2a714fcdc6f83766e5f97b6c742373806900e49f24b22b097544d4896b424989b5e1ebac0f07c23f45983612d2e79e3b0785561be14aaca2fccb",
    "6, feffe9928665731c6d6a8f9467308308, 9313225df88406e555909c5aff5269aa6a7a9538534f7da1e4c303d2a318a728c3c0c95156809539fcf0e2429a6b525416aedbf5a0de6a57a637b39b, feedfacedeadbeeffeedfacedeadbeefabaddad2, d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39, 8ce24998625615b603a033aca13fb894be9112a5c3a211a8ba262a3cca7e2ca701e4a9a4fba43c90ccdcb281d48c7c6fd62875d2aca417034c34aee5619cc5aefffe0bfa462af43c1699d050",
    "13, 0000000000000000000000000000000000000000000000000000000000000000, 000000000000000000000000, , , 530f8afbc74536b9a963b4f1c4cb738b",
  })
  void gcmSpecification(int number, String key, String iv, String aad, String plain, String sealed)
      throws Exception {
    check(
        "AES/GCM/NoPadding",
        hex(key),
        new GCMParameterSpec(128, hex(iv)),
        hex(aad),
        hex(plain),
        hex(sealed));
  }

  @Test
  void readmeVector() throws Exception {
    SecretKeySpec key =
        new SecretKeySpec("My 16-bytes key.".getBytes(StandardCharsets.US_ASCII), "AES");
    IvParameterSpec iv =
        new IvParameterSpec("CBC needs an IV.".getBytes(StandardCharsets.US_ASCII));
    byte[] text = "This is a super-secret message!!".getBytes(StandardCharsets.US_ASCII);
    String expected = "2a606b3698973d5bdf7f8896f509194af63268f46ecae8fef5d75827b18cc985";
    for (String padding : new String[] {"NoPadding", "PKCS5Padding", "PKCS7Padding"}) {
      Cipher cipher = Cipher.getInstance("AES/CBC/" + padding, PROVIDER);
      cipher.init(Cipher.ENCRYPT_MODE, key, iv);
      String actual = HexFormat.of().formatHex(cipher.doFinal(text));
      assertEquals(expected, actual.substring(0, expected.length()));
      assertEquals(padding.equals("NoPadding") ? 64 : 96, actual.length());
    }
  }

  @Test
  void counterWraps() throws Exception {
    byte[] iv = new byte[16];
    Arrays.fill(iv, (byte) 0xFF);
    byte[][] results = new byte[2][];
    for (int i = 0; i < 2; i++) {
      Cipher cipher =
          i == 0
              ? Cipher.getInstance("AES/CTR/NoPadding", PROVIDER)
              : Cipher.getInstance("AES/CTR/NoPadding", "SunJCE");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[16], "AES"), new IvParameterSpec(iv));
      results[i] = cipher.doFinal(new byte[64]);
    }
    assertArrayEquals(results[1], results[0]);
  }
}
