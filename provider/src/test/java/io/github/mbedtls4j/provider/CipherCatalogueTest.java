package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** One answer for every cipher, key length and mode that Mbed TLS has. */
class CipherCatalogueTest {
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();
  private static final byte[] PLAIN =
      HexFormat.of().parseHex("00112233445566778899aabbccddeeff".repeat(2));
  private static final byte[] AAD = HexFormat.of().parseHex("feedfacedeadbeef");

  private static byte[] counting(int first, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return bytes;
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/cipher-known-answers.csv")
  void answers(String name, int bits, String mode, String expected) throws Exception {
    boolean des = name.startsWith("DES");
    String cipher = des ? name.replaceAll("\\d", "") : name.equals("ARC4") ? "ARCFOUR" : name;
    boolean stream = mode == null || mode.startsWith("ctr");
    String transformation = stream ? cipher : cipher + "/" + mode + "/NoPadding";
    if (cipher.equals("ARIA")) {
      assumeTrue(PROVIDER.getService("Cipher", "ARIA") != null, "not in this library");
    }
    boolean aead = "GCM".equals(mode) || "CCM".equals(mode) || name.endsWith("Poly1305");
    int keyLength = bits / 8 * ("XTS".equals(mode) ? 2 : 1);
    SecretKeySpec key =
        new SecretKeySpec(counting(des ? 1 : 0, keyLength), cipher.replace("-Poly1305", ""));
    boolean shortBlock = des || cipher.equals("Blowfish");
    boolean blocks = "ECB".equals(mode) || "CBC".equals(mode);
    byte[] plain = Arrays.copyOf(PLAIN, blocks ? 32 : 29);
    byte[] encrypted = HexFormat.of().parseHex(expected);
    AlgorithmParameterSpec params = params(cipher, mode, shortBlock ? 8 : 16);
    for (int step : new int[] {1, 7, 16, 17, 1000}) {
      Cipher encryption = Cipher.getInstance(transformation, PROVIDER);
      encryption.init(Cipher.ENCRYPT_MODE, key, params);
      Cipher decryption = Cipher.getInstance(transformation, PROVIDER);
      decryption.init(Cipher.DECRYPT_MODE, key, params);
      if (aead) {
        encryption.updateAAD(AAD);
        decryption.updateAAD(AAD);
      }
      assertArrayEquals(encrypted, inSteps(encryption, plain, step));
      assertArrayEquals(plain, inSteps(decryption, encrypted, step));
      if (!aead && !cipher.equals("ChaCha20")) {
        assertArrayEquals(encrypted, inSteps(encryption, plain, step), "after doFinal");
        assertArrayEquals(plain, inSteps(decryption, encrypted, step), "after doFinal");
      }
    }
  }

  private static AlgorithmParameterSpec params(String cipher, String mode, int block) {
    if (cipher.equals("ChaCha20-Poly1305")) {
      return new IvParameterSpec(counting(0xF0, 12));
    }
    if (cipher.equals("ARCFOUR") || mode.equals("ECB")) {
      return null;
    }
    return switch (mode) {
      case "ctr=0" -> new ChaCha20ParameterSpec(counting(0xF0, 12), 0);
      case "ctr=1" -> new ChaCha20ParameterSpec(counting(0xF0, 12), 1);
      case "GCM", "CCM" -> new GCMParameterSpec(128, counting(0xF0, 12));
      default -> new IvParameterSpec(counting(0xF0, block));
    };
  }

  static byte[] inSteps(Cipher cipher, byte[] input, int step) throws Exception {
    byte[] output = new byte[cipher.getOutputSize(input.length)];
    int at = 0;
    int size = 0;
    for (; input.length - at > step; at += step) {
      size += cipher.update(input, at, step, output, size);
    }
    size += cipher.doFinal(input, at, input.length - at, output, size);
    return Arrays.copyOf(output, size);
  }
}
