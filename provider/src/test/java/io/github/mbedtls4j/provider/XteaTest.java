package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** XTEA, which the JDK lacks, compared with BouncyCastle. */
class XteaTest {
  private static final MbedTlsProvider OURS = new MbedTlsProvider();
  private static final BouncyCastleProvider BC = new BouncyCastleProvider();
  private static final SecretKey KEY = new SecretKeySpec(new byte[16], "XTEA");

  @BeforeEach
  void inThisLibrary() {
    assumeTrue(OURS.getService("Cipher", "XTEA") != null, "not in this library");
  }

  /** Those of Mbed TLS. */
  @ParameterizedTest
  @CsvSource({
    "000102030405060708090a0b0c0d0e0f, 4142434445464748, 497df3d072612cb5",
    "000102030405060708090a0b0c0d0e0f, 4141414141414141, e78f2d13744341d8",
    "000102030405060708090a0b0c0d0e0f, 5a5b6e278948d77f, 4141414141414141",
    "00000000000000000000000000000000, 4142434445464748, a0390589f8b8efa5",
    "00000000000000000000000000000000, 4141414141414141, ed23375a821a8c2d",
    "00000000000000000000000000000000, 70e1225d6e4e7655, 4141414141414141"
  })
  void knownAnswers(String key, String plain, String encrypted) throws Exception {
    HexFormat hex = HexFormat.of();
    Cipher cipher = Cipher.getInstance("XTEA/ECB/NoPadding", OURS);
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(hex.parseHex(key), "XTEA"));
    assertEquals(encrypted, hex.formatHex(cipher.doFinal(hex.parseHex(plain))));
    cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(hex.parseHex(key), "XTEA"));
    assertEquals(plain, hex.formatHex(cipher.doFinal(hex.parseHex(encrypted))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "XTEA",
        "XTEA/ECB/NoPadding",
        "XTEA/CBC/NoPadding",
        "XTEA/CBC/PKCS5Padding",
        "XTEA/CTR/NoPadding",
        "XTEA/CFB/NoPadding",
        "XTEA/CFB8/NoPadding",
        "XTEA/OFB/NoPadding",
        "XTEA/OFB8/NoPadding",
        "XTEA/CTS/NoPadding"
      })
  void agreesWithBouncyCastle(String transformation) throws Exception {
    Random random = new Random(1);
    boolean whole = transformation.matches(".*/(ECB|CBC)/NoPadding");
    Cipher ours = Cipher.getInstance(transformation, OURS);
    Cipher theirs = Cipher.getInstance(transformation, BC);
    boolean bare = !transformation.contains("/") || transformation.contains("ECB");
    for (int length : new int[] {8, 13, 16, 24, 61, 16_383, 16_384, 40_000}) {
      SecretKey key = new SecretKeySpec(RandomRun.bytes(random, 16), "XTEA");
      AlgorithmParameterSpec iv = bare ? null : new IvParameterSpec(RandomRun.bytes(random, 8));
      byte[] plain = RandomRun.bytes(random, whole ? length - length % 8 : length);
      theirs.init(Cipher.ENCRYPT_MODE, key, iv);
      byte[] encrypted = theirs.doFinal(plain);
      ours.init(Cipher.ENCRYPT_MODE, key, iv);
      assertArrayEquals(encrypted, ours.doFinal(plain));
      int half = length / 2;
      byte[] first = ours.update(plain, 0, half);
      byte[] joined = new byte[encrypted.length];
      int at = first == null ? 0 : first.length;
      if (first != null) {
        System.arraycopy(first, 0, joined, 0, at);
      }
      ours.doFinal(plain, half, plain.length - half, joined, at);
      assertArrayEquals(encrypted, joined, "in two parts, after a whole message");
      ours.init(Cipher.DECRYPT_MODE, key, iv);
      assertArrayEquals(plain, ours.doFinal(encrypted));
      byte[] inPlace = encrypted.clone();
      assertEquals(plain.length, ours.doFinal(inPlace, 0, inPlace.length, inPlace, 0));
    }
  }

  @Test
  void keysAndParameters() throws Exception {
    KeyGenerator generator = KeyGenerator.getInstance("XTEA", OURS);
    assertEquals(16, generator.generateKey().getEncoded().length);
    assertEquals("XTEA", generator.generateKey().getAlgorithm());
    generator.init(128);
    assertThrows(InvalidParameterException.class, () -> generator.init(64));
    Cipher cipher = Cipher.getInstance("XTEA/CBC/PKCS5Padding", OURS);
    cipher.init(Cipher.ENCRYPT_MODE, KEY);
    byte[] encrypted = cipher.doFinal(new byte[3]);
    AlgorithmParameters decoded = AlgorithmParameters.getInstance("XTEA", OURS);
    decoded.init(cipher.getParameters().getEncoded());
    cipher.init(Cipher.DECRYPT_MODE, KEY, decoded);
    assertArrayEquals(new byte[3], cipher.doFinal(encrypted));
  }

  @Test
  void refuses() throws Exception {
    Cipher cipher = Cipher.getInstance("XTEA/CBC/NoPadding", OURS);
    assertEquals(8, cipher.getBlockSize());
    for (int length : new int[] {8, 15, 24, 32}) {
      assertThrows(
          InvalidKeyException.class,
          () -> cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[length], "XTEA")));
    }
    assertThrows(
        InvalidKeyException.class,
        () -> cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[16], "AES")));
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> cipher.init(Cipher.ENCRYPT_MODE, KEY, new IvParameterSpec(new byte[16])));
    cipher.init(Cipher.ENCRYPT_MODE, KEY);
    assertThrows(IllegalBlockSizeException.class, () -> cipher.doFinal(new byte[9]));
    assertThrows(
        NoSuchAlgorithmException.class, () -> Cipher.getInstance("XTEA/GCM/NoPadding", OURS));
  }
}
