package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

/** DESedeWrap, compared with SunJCE and BouncyCastle. */
class DesEdeWrapTest {
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();
  private static final BouncyCastleProvider BC = new BouncyCastleProvider();
  private static final SecretKey KEY =
      key("255e0d1c07b646dfb3134cc843ba8aa71f025b7c0838251f", "DESede");

  private static SecretKey key(String hex, String algorithm) {
    return new SecretKeySpec(HexFormat.of().parseHex(hex), algorithm);
  }

  private static Cipher ours() throws Exception {
    return Cipher.getInstance("DESedeWrap", PROVIDER);
  }

  /** RFC 3217, section 3.4. */
  @Test
  void rfc3217() throws Exception {
    SecretKey secret = key("2923bf85e06dd6ae529149f1f1bae9eab3a7da3d860d3e98", "DESede");
    String wrapped =
        "690107618ef092b3b48ca1796b234ae9fa33ebb4159604037db5d6a84eb3aac2768c632775a467d4";
    Cipher cipher = ours();
    byte[] iv = HexFormat.of().parseHex("5dd4cbfc96f5453b");
    cipher.init(Cipher.WRAP_MODE, KEY, new IvParameterSpec(iv));
    assertEquals(wrapped, HexFormat.of().formatHex(cipher.wrap(secret)));
    assertEquals(wrapped, HexFormat.of().formatHex(cipher.wrap(secret)), "again");
    cipher.init(Cipher.UNWRAP_MODE, KEY);
    byte[] sealed = HexFormat.of().parseHex(wrapped);
    assertEquals(secret, cipher.unwrap(sealed, "DESede", Cipher.SECRET_KEY));
    assertArrayEquals(iv, cipher.getIV());
  }

  @Test
  void eachUnwrapsWhatTheOtherWrapped() throws Exception {
    Random random = new Random(1);
    Cipher[] ciphers = {
      ours(), Cipher.getInstance("DESedeWrap", "SunJCE"), Cipher.getInstance("DESedeWrap", BC)
    };
    for (int length = 8; length < 200; length += 8) {
      SecretKey kek = new SecretKeySpec(RandomRun.bytes(random, 24), "DESede");
      SecretKey secret = new SecretKeySpec(RandomRun.bytes(random, length), "x");
      AlgorithmParameterSpec iv = new IvParameterSpec(RandomRun.bytes(random, 8));
      byte[][] wrapped = new byte[ciphers.length][];
      for (int i = 0; i < ciphers.length; i++) {
        ciphers[i].init(Cipher.WRAP_MODE, kek, iv);
        wrapped[i] = ciphers[i].wrap(secret);
        assertArrayEquals(wrapped[0], wrapped[i]);
      }
      ciphers[0].init(Cipher.UNWRAP_MODE, kek);
      assertEquals(secret, ciphers[0].unwrap(wrapped[1], "x", Cipher.SECRET_KEY));
      byte[] forged = wrapped[1].clone();
      forged[random.nextInt(forged.length)] ^= (byte) (1 << random.nextInt(8));
      assertThrows(
          InvalidKeyException.class, () -> ciphers[0].unwrap(forged, "x", Cipher.SECRET_KEY));
      assertEquals(secret, ciphers[0].unwrap(wrapped[1], "x", Cipher.SECRET_KEY));
    }
  }

  @Test
  void wrapsPrivateKeysOfWholeBlocks() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", PROVIDER);
    generator.initialize(384);
    KeyPair pair = generator.generateKeyPair();
    for (Key secret : List.of(pair.getPublic(), pair.getPrivate())) {
      Cipher cipher = ours();
      cipher.init(Cipher.WRAP_MODE, KEY);
      if (secret.getEncoded().length % 8 != 0) {
        assertThrows(IllegalBlockSizeException.class, () -> cipher.wrap(secret));
        continue;
      }
      byte[] wrapped = cipher.wrap(secret);
      cipher.init(Cipher.UNWRAP_MODE, KEY);
      int type = secret == pair.getPublic() ? Cipher.PUBLIC_KEY : Cipher.PRIVATE_KEY;
      assertEquals(secret, cipher.unwrap(wrapped, "EC", type));
    }
  }

  /** Calls that have the same outcome, with exceptions of the same class. */
  @Test
  void answersAsSunJce() throws Exception {
    assertEquals(
        outcomes(Cipher.getInstance("DESedeWrap/CBC/NoPadding", "SunJCE")),
        outcomes(Cipher.getInstance("DESedeWrap/CBC/NoPadding", PROVIDER)));
    for (String name : List.of("DESedeWrap/ECB/NoPadding", "DESedeWrap/CBC/PKCS5Padding")) {
      assertEquals(
          Outcome.of(() -> Cipher.getInstance(name, "SunJCE")).text(),
          Outcome.of(() -> Cipher.getInstance(name, PROVIDER)).text());
    }
  }

  private static List<String> outcomes(Cipher cipher) {
    List<Outcome> all = new ArrayList<>();
    all.add(Outcome.of(cipher::getBlockSize));
    all.add(Outcome.of(cipher::getIV));
    all.add(Outcome.of(cipher::getParameters));
    all.add(Outcome.of(() -> cipher.wrap(KEY)));
    for (int mode : new int[] {Cipher.ENCRYPT_MODE, Cipher.DECRYPT_MODE}) {
      all.add(init(cipher, mode, KEY, null));
    }
    for (String name : List.of("DESede", "tripledes", "AES")) {
      for (int length : new int[] {8, 16, 24, 32}) {
        all.add(init(cipher, Cipher.WRAP_MODE, new SecretKeySpec(new byte[length], name), null));
      }
    }
    AlgorithmParameterSpec iv = new IvParameterSpec(new byte[8]);
    all.add(init(cipher, Cipher.WRAP_MODE, KEY, new GCMParameterSpec(128, new byte[8])));
    all.add(init(cipher, Cipher.UNWRAP_MODE, KEY, iv));
    all.add(init(cipher, Cipher.WRAP_MODE, KEY, iv));
    all.add(Outcome.of(cipher::getIV));
    all.add(Outcome.of(() -> cipher.getParameters().getEncoded()));
    all.add(Outcome.of(() -> cipher.getOutputSize(24)));
    all.add(Outcome.of(() -> cipher.update(new byte[8])));
    all.add(Outcome.of(() -> cipher.doFinal(new byte[8])));
    all.add(Outcome.of(() -> cipher.unwrap(new byte[40], "x", Cipher.SECRET_KEY)));
    all.add(Outcome.of(() -> cipher.wrap(new TestKey("x", "RAW", null))));
    all.add(Outcome.of(() -> cipher.wrap(new TestKey("x", "RAW", ""))));
    all.add(init(cipher, Cipher.UNWRAP_MODE, KEY, null));
    all.add(Outcome.of(cipher::getIV));
    all.add(Outcome.of(() -> cipher.getOutputSize(40)));
    all.add(Outcome.of(() -> cipher.getOutputSize(3)));
    all.add(Outcome.of(() -> cipher.wrap(KEY)));
    for (int length : new int[] {0, 16, 24, 40, 48}) {
      all.add(Outcome.of(() -> cipher.unwrap(new byte[length], "x", Cipher.SECRET_KEY)));
    }
    return all.stream().map(Outcome::text).toList();
  }

  private static Outcome init(
      Cipher cipher, int mode, SecretKey key, AlgorithmParameterSpec params) {
    return Outcome.of(
        () -> {
          cipher.init(mode, key, params, new FixedRandom(1));
          return "ready";
        });
  }

  /** SunJCE: {@code NullPointerException} and {@code ProviderException}. */
  @Test
  void refusals() throws Exception {
    Cipher cipher = ours();
    assertThrows(InvalidKeyException.class, () -> cipher.init(Cipher.WRAP_MODE, (SecretKey) null));
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> cipher.init(Cipher.WRAP_MODE, KEY, new IvParameterSpec(new byte[7])));
    cipher.init(Cipher.WRAP_MODE, KEY);
    byte[] wrapped = cipher.wrap(KEY);
    for (int length : new int[] {1, 7, 9, 23}) {
      assertThrows(
          IllegalBlockSizeException.class,
          () -> cipher.wrap(new SecretKeySpec(new byte[length], "x")));
    }
    cipher.init(Cipher.UNWRAP_MODE, KEY);
    for (int length : new int[] {1, 8, 17, 41}) {
      assertThrows(
          InvalidKeyException.class, () -> cipher.unwrap(new byte[length], "x", Cipher.SECRET_KEY));
    }
    assertEquals(KEY, cipher.unwrap(wrapped, "DESede", Cipher.SECRET_KEY));
  }
}
