package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Security;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.AEADBadTagException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CipherRulesTest {
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();
  private static final SecretKey KEY = new SecretKeySpec(new byte[16], "AES");
  private static final IvParameterSpec IV = new IvParameterSpec(new byte[16]);

  private static Cipher cipher(String transformation) throws Exception {
    return Cipher.getInstance(transformation, PROVIDER);
  }

  private static GCMParameterSpec gcm(int iv) {
    return new GCMParameterSpec(128, new byte[] {(byte) iv, 1, 2});
  }

  @Test
  void everyFlippedBitIsRefused() throws Exception {
    Cipher cipher = cipher("AES/GCM/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, KEY, gcm(1));
    cipher.updateAAD(new byte[] {1, 2, 3});
    byte[] sealed = cipher.doFinal(new byte[29]);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      byte[] output = new byte[64];
      Arrays.fill(output, (byte) 9);
      byte[] before = output.clone();
      cipher.init(Cipher.DECRYPT_MODE, KEY, gcm(1));
      cipher.updateAAD(new byte[] {1, 2, 3});
      assertEquals(0, cipher.update(flipped, 0, 20, output));
      assertThrows(
          AEADBadTagException.class,
          () -> cipher.doFinal(flipped, 20, flipped.length - 20, output, 0));
      assertArrayEquals(before, output);
    }
    cipher.init(Cipher.DECRYPT_MODE, KEY, gcm(1));
    cipher.updateAAD(new byte[] {1, 2, 2});
    assertThrows(AEADBadTagException.class, () -> cipher.doFinal(sealed));
    // A failed message leaves nothing behind.
    cipher.updateAAD(new byte[] {1, 2, 3});
    assertArrayEquals(new byte[29], cipher.doFinal(sealed));
    cipher.init(Cipher.DECRYPT_MODE, KEY, gcm(2));
    cipher.updateAAD(new byte[] {1, 2, 3});
    assertThrows(AEADBadTagException.class, () -> cipher.doFinal(sealed));
    assertThrows(AEADBadTagException.class, () -> cipher.doFinal(sealed, 0, 15));
    byte[] room = new byte[40];
    assertThrows(AEADBadTagException.class, () -> cipher.doFinal(sealed, 0, 15, room));
  }

  @Test
  void gcmRefusesToReuseAnIv() throws Exception {
    Cipher cipher = cipher("AES/GCM/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, KEY, gcm(1));
    cipher.doFinal(new byte[5]);
    assertThrows(IllegalStateException.class, () -> cipher.update(new byte[5]));
    assertThrows(IllegalStateException.class, () -> cipher.updateAAD(new byte[5]));
    assertThrows(IllegalStateException.class, () -> cipher.doFinal(new byte[5]));
    assertThrows(
        IllegalStateException.class,
        () -> cipher.doFinal(ByteBuffer.allocate(5), ByteBuffer.allocate(50)));
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> cipher.init(Cipher.ENCRYPT_MODE, KEY, gcm(1)));
    cipher.init(Cipher.DECRYPT_MODE, KEY, gcm(1));
    cipher.init(Cipher.ENCRYPT_MODE, KEY, gcm(2));
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[32], "AES"), gcm(2));
    assertEquals(16, cipher.doFinal().length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AES/CBC/PKCS5Padding", "AES/CTR/NoPadding", "AES/GCM/NoPadding"})
  void choosesAnIv(String transformation) throws Exception {
    Cipher cipher = cipher(transformation);
    assertNull(cipher.getIV());
    assertNotNull(cipher.getParameters());
    cipher.init(Cipher.ENCRYPT_MODE, KEY);
    byte[] first = cipher.getIV();
    cipher.init(Cipher.ENCRYPT_MODE, KEY);
    assertFalse(Arrays.equals(first, cipher.getIV()));
    assertEquals(
        transformation.contains("GCM") ? "GCM" : "AES", cipher.getParameters().getAlgorithm());
    byte[] encrypted = cipher.doFinal(new byte[33]);
    for (Cipher other :
        new Cipher[] {cipher(transformation), Cipher.getInstance(transformation, "SunJCE")}) {
      other.init(Cipher.DECRYPT_MODE, KEY, cipher.getParameters());
      assertArrayEquals(new byte[33], other.doFinal(encrypted));
    }
    assertThrows(InvalidKeyException.class, () -> cipher.init(Cipher.DECRYPT_MODE, KEY));
  }

  @Test
  void wrongSizes() throws Exception {
    Cipher cbc = cipher("AES/CBC/NoPadding");
    Key shortKey = new SecretKeySpec(new byte[15], "AES");
    assertThrows(InvalidKeyException.class, () -> cbc.init(Cipher.ENCRYPT_MODE, shortKey, IV));
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> cbc.init(Cipher.ENCRYPT_MODE, KEY, new IvParameterSpec(new byte[15])));
    cbc.init(Cipher.ENCRYPT_MODE, KEY, IV);
    assertThrows(IllegalBlockSizeException.class, () -> cbc.doFinal(new byte[15]));
    byte[] expected = cbc.doFinal(new byte[16]);
    assertArrayEquals(expected, cbc.doFinal(new byte[16]), "as after init");
    Cipher padded = cipher("AES/CBC/PKCS5Padding");
    padded.init(Cipher.DECRYPT_MODE, KEY, IV);
    assertThrows(BadPaddingException.class, padded::doFinal);
    assertThrows(BadPaddingException.class, () -> padded.doFinal(new byte[0]));
    Cipher gcm = cipher("AES/GCM/NoPadding");
    for (int tag : new int[] {0, 64, 88, 95, 97, 127, 136}) {
      assertThrows(
          InvalidAlgorithmParameterException.class,
          () -> gcm.init(Cipher.ENCRYPT_MODE, KEY, new GCMParameterSpec(tag, new byte[12])));
    }
  }

  @Test
  void paddingIsCheckedInFull() throws Exception {
    Cipher raw = cipher("AES/CBC/NoPadding");
    Cipher ours = cipher("AES/CBC/PKCS7Padding");
    Cipher theirs = Cipher.getInstance("AES/CBC/PKCS5Padding", "SunJCE");
    Random random = new Random(1);
    raw.init(Cipher.ENCRYPT_MODE, KEY, IV);
    ours.init(Cipher.DECRYPT_MODE, KEY, IV);
    for (int count = 0; count < 256; count++) {
      for (int wrong = -1; wrong < 16; wrong++) {
        byte[] plain = RandomRun.bytes(random, 32);
        int from = 32 - Math.min(Math.max(count, 1), 20);
        Arrays.fill(plain, from, 32, (byte) count);
        if (wrong >= 0) {
          plain[31 - wrong] ^= (byte) (1 + random.nextInt(255));
        }
        byte[] encrypted = raw.doFinal(plain);
        theirs.init(Cipher.DECRYPT_MODE, KEY, IV);
        Outcome expected = Outcome.of(() -> theirs.doFinal(encrypted));
        Outcome actual = Outcome.of(() -> ours.doFinal(encrypted));
        assertEquals(expected.text(), actual.text());
      }
    }
    assertThrows(BadPaddingException.class, () -> ours.doFinal(new byte[32]));
  }

  @Test
  void iso10126IsReadByOthers() throws Exception {
    Cipher ours = cipher("AES/CBC/ISO10126Padding");
    Cipher theirs = Cipher.getInstance("AES/CBC/ISO10126Padding", "SunJCE");
    ours.init(Cipher.ENCRYPT_MODE, KEY, IV);
    theirs.init(Cipher.DECRYPT_MODE, KEY, IV);
    for (int length = 0; length < 40; length++) {
      byte[] plain = RandomRun.bytes(new Random(length), length);
      assertArrayEquals(plain, theirs.doFinal(ours.doFinal(plain)));
    }
  }

  @Test
  void shortBufferCanBeRetried() throws Exception {
    Cipher cipher = cipher("AES/CBC/PKCS5Padding");
    cipher.init(Cipher.ENCRYPT_MODE, KEY, IV);
    byte[] plain = RandomRun.bytes(new Random(1), 60);
    byte[] encrypted = cipher.doFinal(plain);
    cipher.init(Cipher.DECRYPT_MODE, KEY, IV);
    byte[] output = new byte[60];
    int size = cipher.update(encrypted, 0, 35, output, 0);
    assertEquals(16, size);
    assertThrows(
        ShortBufferException.class, () -> cipher.doFinal(encrypted, 35, 29, new byte[43], 0));
    size += cipher.doFinal(encrypted, 35, 29, output, size);
    assertEquals(60, size);
    assertArrayEquals(plain, output);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AES",
        "AES/CBC/PKCS5Padding",
        "AES/CTR/NoPadding",
        "AES/GCM/NoPadding",
        "AES_128/ECB/NoPadding"
      })
  void wrapsKeys(String transformation) throws Exception {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    KeyPair rsaPair = rsa.generateKeyPair();
    KeyPair ecPair = KeyPairGenerator.getInstance("EC").generateKeyPair();
    Cipher ours = cipher(transformation);
    Cipher theirs = Cipher.getInstance(transformation, "SunJCE");
    boolean padded = !transformation.equals("AES_128/ECB/NoPadding");
    wrap(ours, theirs, new SecretKeySpec(new byte[32], "AES"), Cipher.SECRET_KEY);
    if (padded) {
      wrap(ours, theirs, new SecretKeySpec(new byte[] {1, 2, 3}, "x"), Cipher.SECRET_KEY);
      wrap(ours, theirs, rsaPair.getPrivate(), Cipher.PRIVATE_KEY);
      wrap(ours, theirs, rsaPair.getPublic(), Cipher.PUBLIC_KEY);
      wrap(ours, theirs, ecPair.getPrivate(), Cipher.PRIVATE_KEY);
      wrap(ours, theirs, ecPair.getPublic(), Cipher.PUBLIC_KEY);
    }
  }

  private static void wrap(Cipher ours, Cipher theirs, Key key, int type) throws Exception {
    ours.init(Cipher.WRAP_MODE, KEY);
    byte[] wrapped = ours.wrap(key);
    for (Cipher cipher : new Cipher[] {theirs, ours}) {
      cipher.init(Cipher.UNWRAP_MODE, KEY, ours.getParameters());
      Key unwrapped = cipher.unwrap(wrapped, key.getAlgorithm(), type);
      assertArrayEquals(key.getEncoded(), unwrapped.getEncoded());
      assertEquals(key.getAlgorithm(), unwrapped.getAlgorithm());
    }
  }

  @Test
  void unwrapRefuses() throws Exception {
    Cipher cipher = cipher("AES/CBC/PKCS5Padding");
    cipher.init(Cipher.WRAP_MODE, KEY, IV);
    byte[] wrapped = cipher.wrap(new SecretKeySpec(new byte[9], "x"));
    assertThrows(InvalidKeyException.class, () -> cipher.wrap(new TestKey("x", "RAW", null)));
    cipher.init(Cipher.UNWRAP_MODE, KEY, IV);
    assertThrows(
        NoSuchAlgorithmException.class,
        () -> cipher.unwrap(wrapped, "no such algorithm", Cipher.PRIVATE_KEY));
    assertThrows(
        InvalidKeyException.class, () -> cipher.unwrap(wrapped, "RSA", Cipher.PRIVATE_KEY));
    assertThrows(
        InvalidKeyException.class, () -> cipher.unwrap(new byte[16], "x", Cipher.SECRET_KEY));
    assertThrows(
        InvalidKeyException.class, () -> cipher.unwrap(new byte[17], "x", Cipher.SECRET_KEY));
  }

  @Test
  void refusesWhatItLacks() throws Exception {
    for (String transformation :
        new String[] {"AES/PCBC/NoPadding", "AES_128", "AES/GCM/PKCS5Padding"}) {
      assertThrows(NoSuchAlgorithmException.class, () -> cipher(transformation), transformation);
    }
    assertThrows(NoSuchPaddingException.class, () -> cipher("AES/ECB/OAEPPadding"));
    assertThrows(NoSuchPaddingException.class, () -> cipher("AES/CTR/PKCS5Padding"));
    Cipher cipher = cipher("AES");
    cipher.init(Cipher.ENCRYPT_MODE, KEY);
    assertThrows(UnsupportedOperationException.class, () -> cipher.updateAAD(new byte[1]));
    assertThrows(
        InvalidKeyException.class,
        () -> cipher.init(Cipher.ENCRYPT_MODE, new TestKey(null, "RAW", "00".repeat(16))));
  }

  /** What we lack is served by the next provider, and so are keys that are not raw bytes. */
  @Test
  void firstInTheListWeLeaveTheRestToOthers() throws Exception {
    Security.insertProviderAt(PROVIDER, 1);
    try {
      assertEquals("MbedTLS", Cipher.getInstance("AES/CBC/PKCS5Padding").getProvider().getName());
      assertEquals("MbedTLS", Cipher.getInstance("AES/GCM/NoPadding").getProvider().getName());
      Cipher pcbc = Cipher.getInstance("AES/PCBC/NoPadding");
      pcbc.init(Cipher.ENCRYPT_MODE, KEY);
      assertEquals("SunJCE", pcbc.getProvider().getName());
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(Cipher.ENCRYPT_MODE, KEY);
      assertEquals("MbedTLS", cipher.getProvider().getName());
      assertEquals(16, cipher.doFinal().length);
    } finally {
      Security.removeProvider(PROVIDER.getName());
    }
  }

  /** Chunks of native scratch memory must not overwrite input that is still to be read. */
  @ParameterizedTest
  @ValueSource(strings = {"AES/CBC/NoPadding", "AES/CTR/NoPadding", "AES/GCM/NoPadding"})
  void longOverlaps(String transformation) throws Exception {
    int length = 100_000;
    byte[] plain = RandomRun.bytes(new Random(1), length);
    Cipher cipher = cipher(transformation);
    int iv = 0;
    for (int shift : new int[] {-17, -1, 0, 1, 15, 16, 16_384, 50_000}) {
      iv++;
      byte[] array = new byte[length + 60_000];
      int from = 60;
      System.arraycopy(plain, 0, array, from, length);
      boolean gcm = transformation.contains("GCM");
      cipher.init(Cipher.ENCRYPT_MODE, KEY, gcm ? gcm(iv) : IV);
      int size = cipher.doFinal(array, from, length, array, from + shift);
      Cipher other = Cipher.getInstance(transformation, "SunJCE");
      other.init(Cipher.ENCRYPT_MODE, KEY, gcm ? gcm(iv) : IV);
      assertArrayEquals(
          other.doFinal(plain), Arrays.copyOfRange(array, from + shift, from + shift + size));
    }
  }
}
