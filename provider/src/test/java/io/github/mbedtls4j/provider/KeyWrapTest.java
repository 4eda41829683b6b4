package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.security.AlgorithmParameters;
import java.security.InvalidKeyException;
import java.security.spec.InvalidParameterSpecException;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyWrapTest {
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();
  private static final byte[] KEY =
      HexFormat.of().parseHex("5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8");

  /** RFC 3394, sections 4.1 to 4.6, and RFC 5649, section 6. */
  @ParameterizedTest
  @CsvSource({
    "AESWrap, 000102030405060708090a0b0c0d0e0f, 00112233445566778899aabbccddeeff, 1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5",
    "AES_192/KW/NoPadding, 000102030405060708090a0b0c0d0e0f1011121314151617, 00112233445566778899aabbccddeeff, 96778b25ae6ca435f92b5b97c050aed2468ab8a17ad84e5d",
    "AES_256/KW/NoPadding, 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f, 00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f, 28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21",
    "AES/KWP/NoPadding, 5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8, c37b7e6492584340bed12207808941155068f738, 138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a",
    "AESWrapPad, 5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8, 466f7250617369, afbeb0f07dfbf5419200f2ccb50bb24f",
  })
  void rfcVectors(String name, String key, String data, String wrapped) throws Exception {
    SecretKey wrapping = new SecretKeySpec(HexFormat.of().parseHex(key), "AES");
    Cipher cipher = Cipher.getInstance(name, PROVIDER);
    cipher.init(Cipher.WRAP_MODE, wrapping);
    SecretKey secret = new SecretKeySpec(HexFormat.of().parseHex(data), "AES");
    assertEquals(wrapped, HexFormat.of().formatHex(cipher.wrap(secret)));
    cipher.init(Cipher.UNWRAP_MODE, wrapping);
    assertEquals(secret, cipher.unwrap(HexFormat.of().parseHex(wrapped), "AES", Cipher.SECRET_KEY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AES/KW/NoPadding",
        "AES/KW/PKCS5Padding",
        "AES/KWP/NoPadding",
        "AES_192/KW/PKCS5Padding",
        "AESWrapPad_192"
      })
  void behavesAsSunJce(String name) throws Exception {
    Cipher[] both = {Cipher.getInstance(name, "SunJCE"), Cipher.getInstance(name, PROVIDER)};
    int iv = name.contains("KWP") || name.contains("Pad_") ? 4 : 8;
    Random random = new Random(1);
    for (int length = 0; length < 200; length++) {
      byte[] data = RandomRun.bytes(random, length);
      IvParameterSpec params =
          length % 3 == 0 ? null : new IvParameterSpec(RandomRun.bytes(random, iv));
      Outcome[] wrapped = new Outcome[2];
      for (int i = 0; i < 2; i++) {
        wrapped[i] = encrypt(both[i], params, data);
      }
      assertEquals(wrapped[0].text(), wrapped[1].text());
      if (wrapped[0].exception() != null || length == 0) {
        continue;
      }
      byte[] sealed = HexFormat.of().parseHex(wrapped[0].text());
      Cipher ours = both[1];
      ours.init(Cipher.DECRYPT_MODE, new SecretKeySpec(KEY, "AES"), params);
      byte[] room = new byte[sealed.length];
      assertThrows(
          ShortBufferException.class, () -> ours.doFinal(sealed, 0, sealed.length, room, 9));
      assertArrayEquals(data, ours.doFinal(sealed));
      byte[] forged = sealed.clone();
      forged[random.nextInt(forged.length)] ^= (byte) (1 << random.nextInt(8));
      both[0].init(Cipher.DECRYPT_MODE, new SecretKeySpec(KEY, "AES"), params);
      Outcome expected = Outcome.of(() -> both[0].doFinal(forged));
      assertEquals(expected.text(), Outcome.of(() -> ours.doFinal(forged)).text());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AES/KW/NoPadding", "AES/KW/PKCS5Padding", "AES/KWP/NoPadding"})
  void takesKeysNamedRijndael(String name) throws Exception {
    Cipher cipher = Cipher.getInstance(name, PROVIDER);
    cipher.init(Cipher.WRAP_MODE, new SecretKeySpec(KEY, "AES"));
    byte[] wrapped = cipher.wrap(new SecretKeySpec(KEY, "AES"));
    cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(KEY, "Rijndael"));
    assertArrayEquals(KEY, cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY).getEncoded());
  }

  /** JDK 17 pads to 16 bytes, JDK 18 to 8 and refuses what 17 wrapped. */
  @ParameterizedTest
  @CsvSource({
    "16, 3a05f6b92c782be43c7512f406e2e14e93585a6fab97f149bf1ebbe9ad411d3120e8da27cb72f41e",
    "16, 2825b459f420e7cf48593085251cdcae66a084de1c065d6318040ac52a741a25",
    "17, f071a3f8176ab9939ef13dc815e9513e8abcd9fef7b285773782583c1f6026e7a9c09c9063f14d6b",
    "17, a89724152d46aef75b656aa6557ab8c783b2930942b7e674bf13fefb6cc1750f"
  })
  void unwrapsWhatEitherJdkPadded(int length, String wrapped) throws Exception {
    Cipher cipher = Cipher.getInstance("AES/KW/PKCS5Padding", PROVIDER);
    cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(new byte[24], "AES"));
    byte[] key =
        cipher.unwrap(HexFormat.of().parseHex(wrapped), "x", Cipher.SECRET_KEY).getEncoded();
    assertArrayEquals(new byte[length], key);
  }

  private static Outcome encrypt(Cipher cipher, IvParameterSpec params, byte[] data) {
    return Outcome.of(
        () -> {
          cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"), params);
          int half = data.length / 2;
          cipher.update(data, 0, half);
          int size = cipher.getOutputSize(data.length - half);
          byte[] result = cipher.doFinal(data, half, data.length - half);
          assertEquals(size, result.length);
          return result;
        });
  }

  @Test
  void refusalsAreThoseOfSunJce() throws Exception {
    SecretKey key = new SecretKeySpec(KEY, "AES");
    for (String name : new String[] {"AESWrap", "AES/KW/PKCS5Padding", "AESWrapPad"}) {
      Outcome[][] outcomes = new Outcome[2][];
      for (int i = 0; i < 2; i++) {
        Cipher cipher =
            i == 0 ? Cipher.getInstance(name, "SunJCE") : Cipher.getInstance(name, PROVIDER);
        outcomes[i] =
            new Outcome[] {
              Outcome.of(cipher::getBlockSize),
              Outcome.of(cipher::getIV),
              Outcome.of(() -> init(cipher, Cipher.WRAP_MODE, key)),
              Outcome.of(cipher::getIV),
              Outcome.of(() -> cipher.getParameters().getEncoded()),
              Outcome.of(() -> cipher.update(new byte[8])),
              Outcome.of(() -> cipher.doFinal(new byte[16])),
              Outcome.of(() -> cipher.wrap(new SecretKeySpec(new byte[9], "x"))),
              Outcome.of(() -> init(cipher, Cipher.UNWRAP_MODE, key)),
              Outcome.of(() -> cipher.unwrap(new byte[24], "x", Cipher.SECRET_KEY)),
              Outcome.of(() -> cipher.unwrap(new byte[25], "x", Cipher.SECRET_KEY)),
              Outcome.of(() -> cipher.unwrap(new byte[0], "x", Cipher.SECRET_KEY)),
              Outcome.of(() -> initWith(cipher, key, new GCMParameterSpec(128, new byte[4]))),
              Outcome.of(() -> initWith(cipher, key, new IvParameterSpec(new byte[5]))),
              Outcome.of(
                  () -> init(cipher, Cipher.WRAP_MODE, new SecretKeySpec(new byte[15], "AES"))),
              Outcome.of(
                  () -> init(cipher, Cipher.WRAP_MODE, new SecretKeySpec(new byte[16], "DES"))),
            };
      }
      for (int i = 0; i < outcomes[0].length; i++) {
        assertEquals(outcomes[0][i].text(), outcomes[1][i].text(), name + " " + i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AES/KW/NoPadding", "AES/KW/PKCS5Padding", "AES/KWP/NoPadding"})
  void outputSizes(String name) throws Exception {
    Cipher cipher = Cipher.getInstance(name, PROVIDER);
    SecretKey key = new SecretKeySpec(KEY, "AES");
    cipher.init(Cipher.ENCRYPT_MODE, key);
    assertThrows(ArithmeticException.class, () -> cipher.getOutputSize(Integer.MAX_VALUE));
    cipher.init(Cipher.DECRYPT_MODE, key);
    assertEquals(0, cipher.getOutputSize(7));
    assertEquals(8, cipher.getOutputSize(16));
    assertThrows(InvalidKeyException.class, () -> cipher.init(Cipher.WRAP_MODE, (SecretKey) null));
  }

  /** SunJCE takes such IVs too, but reads no encodings of them. */
  @ParameterizedTest
  @CsvSource({
    "AES/KW/NoPadding, AES, 8",
    "AES/KWP/NoPadding, AES, 4",
    "ARIA/KW/NoPadding, ARIA, 8",
    "Camellia/KWP/NoPadding, Camellia, 4"
  })
  void parametersAreReadBack(String name, String algorithm, int length) throws Exception {
    assumeTrue(PROVIDER.getService("Cipher", name) != null, "not in this library");
    Cipher cipher = Cipher.getInstance(name, PROVIDER);
    SecretKey key = new SecretKeySpec(KEY, algorithm);
    cipher.init(Cipher.WRAP_MODE, key);
    AlgorithmParameters decoded = AlgorithmParameters.getInstance(algorithm, PROVIDER);
    decoded.init(cipher.getParameters().getEncoded());
    assertArrayEquals(cipher.getIV(), decoded.getParameterSpec(IvParameterSpec.class).getIV());
    byte[] wrapped = cipher.wrap(key);
    cipher.init(Cipher.UNWRAP_MODE, key, decoded);
    assertEquals(key, cipher.unwrap(wrapped, algorithm, Cipher.SECRET_KEY));
    AlgorithmParameters given = AlgorithmParameters.getInstance(algorithm, PROVIDER);
    given.init(new IvParameterSpec(new byte[length]));
    assertEquals(length + 2, given.getEncoded().length);
    assertThrows(
        InvalidParameterSpecException.class,
        () -> given.init(new IvParameterSpec(new byte[length + 1])));
    if (algorithm.equals("AES")) {
      AlgorithmParameters theirs = AlgorithmParameters.getInstance("AES", "SunJCE");
      theirs.init(new IvParameterSpec(new byte[length]));
      assertArrayEquals(theirs.getEncoded(), given.getEncoded());
    }
  }

  private static Object init(Cipher cipher, int mode, SecretKey key) throws InvalidKeyException {
    cipher.init(mode, key);
    return null;
  }

  private static Object initWith(
      Cipher cipher, SecretKey key, java.security.spec.AlgorithmParameterSpec params)
      throws Exception {
    cipher.init(Cipher.WRAP_MODE, key, params);
    return null;
  }
}
