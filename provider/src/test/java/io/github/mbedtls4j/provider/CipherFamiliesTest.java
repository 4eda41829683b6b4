package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of single ciphers, where SunJCE is no measure. */
class CipherFamiliesTest {
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();
  private static final SecretKey AES = new SecretKeySpec(new byte[16], "AES");
  private static final SecretKey CHACHA = new SecretKeySpec(new byte[32], "ChaCha20");

  private static Cipher cipher(String transformation) throws Exception {
    return Cipher.getInstance(transformation, PROVIDER);
  }

  @Test
  void ccmRules() throws Exception {
    Cipher cipher = cipher("AES/CCM/NoPadding");
    GCMParameterSpec params = new GCMParameterSpec(64, new byte[13]);
    cipher.init(Cipher.ENCRYPT_MODE, AES, params);
    cipher.updateAAD(new byte[3]);
    byte[] sealed = cipher.doFinal(new byte[65_535]);
    assertEquals(65_535 + 8, sealed.length);
    assertThrows(IllegalStateException.class, () -> cipher.update(new byte[1]));
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> cipher.init(Cipher.ENCRYPT_MODE, AES, params));
    AlgorithmParameters encoded = AlgorithmParameters.getInstance("CCM", PROVIDER);
    encoded.init(cipher.getParameters().getEncoded());
    cipher.init(Cipher.DECRYPT_MODE, AES, encoded);
    cipher.updateAAD(new byte[3]);
    assertArrayEquals(new byte[65_535], cipher.doFinal(sealed));
    sealed[9] ^= 1;
    cipher.updateAAD(new byte[3]);
    assertThrows(AEADBadTagException.class, () -> cipher.doFinal(sealed));
    cipher.init(
        Cipher.ENCRYPT_MODE,
        AES,
        new GCMParameterSpec(128, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3}));
    assertThrows(IllegalBlockSizeException.class, () -> cipher.doFinal(new byte[65_536]));
    for (GCMParameterSpec bad :
        new GCMParameterSpec[] {
          new GCMParameterSpec(128, new byte[6]),
          new GCMParameterSpec(128, new byte[14]),
          new GCMParameterSpec(16, new byte[12]),
          new GCMParameterSpec(40, new byte[12])
        }) {
      assertThrows(
          InvalidAlgorithmParameterException.class,
          () -> cipher.init(Cipher.ENCRYPT_MODE, AES, bad));
    }
  }

  @Test
  void chachaCanBeRetried() throws Exception {
    Cipher cipher = cipher("ChaCha20-Poly1305");
    cipher.init(Cipher.ENCRYPT_MODE, CHACHA, new IvParameterSpec(new byte[12]));
    byte[] output = new byte[21];
    assertThrows(ShortBufferException.class, () -> cipher.update(new byte[5], 0, 5, output, 17));
    cipher.updateAAD(new byte[3]);
    assertThrows(ShortBufferException.class, () -> cipher.doFinal(new byte[5], 0, 5, output, 1));
    assertEquals(21, cipher.doFinal(new byte[5], 0, 5, output, 0));
  }

  /** What is refused at all comes first, as with SunJCE. */
  @ParameterizedTest
  @CsvSource({"ChaCha20", "ChaCha20-Poly1305"})
  void chachaRefusesAsSunJce(String name) throws Exception {
    List<String> outcomes = new ArrayList<>();
    for (Cipher cipher : new Cipher[] {Cipher.getInstance(name, "SunJCE"), cipher(name)}) {
      List<String> each = new ArrayList<>();
      each.add(Outcome.of(() -> init(cipher, Cipher.UNWRAP_MODE)).text());
      each.add(Outcome.of(() -> init(cipher, Cipher.WRAP_MODE)).text());
      each.add(Outcome.of(() -> init(cipher, Cipher.DECRYPT_MODE)).text());
      each.add(Outcome.of(() -> init(cipher, Cipher.ENCRYPT_MODE)).text());
      each.add(Outcome.of(() -> additional(cipher, ByteBuffer.allocate(2))).text());
      cipher.doFinal(new byte[5]);
      each.add(Outcome.of(() -> additional(cipher, ByteBuffer.allocate(2))).text());
      each.add(Outcome.of(() -> cipher.update(new byte[9], 0, 9, new byte[3], 0)).text());
      outcomes.add(each.toString());
    }
    assertEquals(outcomes.get(0), outcomes.get(1));
  }

  private static Object init(Cipher cipher, int mode) throws Exception {
    cipher.init(mode, CHACHA);
    return "ready";
  }

  private static Object additional(Cipher cipher, ByteBuffer data) {
    cipher.updateAAD(data);
    cipher.updateAAD(new byte[3]);
    return "taken";
  }

  @Test
  void chachaTakesBuffers() throws Exception {
    Cipher theirs = Cipher.getInstance("ChaCha20-Poly1305", "SunJCE");
    Cipher ours = cipher("ChaCha20-Poly1305");
    for (Cipher cipher : new Cipher[] {theirs, ours}) {
      cipher.init(Cipher.ENCRYPT_MODE, CHACHA, new IvParameterSpec(new byte[12]));
    }
    theirs.updateAAD(new byte[40]);
    ours.updateAAD(ByteBuffer.allocateDirect(40));
    assertArrayEquals(theirs.doFinal(new byte[4]), ours.doFinal(new byte[4]));
  }

  @ParameterizedTest
  @CsvSource({"ChaCha20", "ChaCha20-Poly1305", "ARCFOUR"})
  void streamKeys(String name) throws Exception {
    Cipher cipher = cipher(name);
    assertThrows(
        InvalidKeyException.class, () -> cipher.init(Cipher.ENCRYPT_MODE, (SecretKey) null));
    assertThrows(
        InvalidKeyException.class,
        () -> cipher.init(Cipher.ENCRYPT_MODE, new TestKey(name, "RAW", null)));
  }

  @ParameterizedTest
  @CsvSource({
    "Blowfish, 3",
    "Blowfish, 57",
    "DES, 7",
    "DES, 16",
    "DESede, 8",
    "DESede, 32",
    "Camellia, 15",
    "ARCFOUR, 4",
    "ARCFOUR, 129",
    "ChaCha20, 16",
    "AES/XTS/NoPadding, 16",
    "AES/XTS/NoPadding, 48"
  })
  void keyLengths(String transformation, int length) throws Exception {
    Cipher cipher = cipher(transformation);
    String algorithm = transformation.replaceFirst("/.*", "");
    assertThrows(
        InvalidKeyException.class,
        () -> cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[length], algorithm)));
  }

  @Test
  void xtsRules() throws Exception {
    Cipher cipher = cipher("AES/XTS/NoPadding");
    SecretKey keys = new SecretKeySpec(RandomRun.bytes(new FixedRandom(1), 64), "AES");
    cipher.init(Cipher.ENCRYPT_MODE, keys, new IvParameterSpec(new byte[16]));
    assertThrows(IllegalBlockSizeException.class, () -> cipher.doFinal(new byte[15]));
    assertThrows(IllegalBlockSizeException.class, () -> cipher.doFinal());
    assertThrows(IllegalBlockSizeException.class, () -> cipher.doFinal(new byte[(1 << 24) + 1]));
    byte[] expected = cipher.doFinal(new byte[40]);
    cipher.update(new byte[17]);
    assertArrayEquals(expected, cipher.doFinal(new byte[23]));
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> cipher.init(Cipher.ENCRYPT_MODE, keys, new IvParameterSpec(new byte[8])));
  }

  @Test
  void wideFeedback() throws Exception {
    byte[] plain = RandomRun.bytes(new FixedRandom(1), 333);
    for (int bits = 8; bits <= 128; bits += 8) {
      for (String mode : new String[] {"CFB", "OFB"}) {
        Cipher cipher = cipher("AES/" + mode + bits + "/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, AES, new IvParameterSpec(new byte[16]));
        byte[] encrypted = cipher.doFinal(plain);
        cipher.init(Cipher.DECRYPT_MODE, AES, new IvParameterSpec(new byte[16]));
        for (int step = 1; step < 60; step += 7) {
          byte[] actual = CipherCatalogueTest.inSteps(cipher, encrypted, step);
          assertArrayEquals(plain, Arrays.copyOf(actual, plain.length));
        }
      }
    }
  }
}
