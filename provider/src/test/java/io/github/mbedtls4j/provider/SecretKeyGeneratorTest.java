package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.util.Arrays;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretKeyGeneratorTest {
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AES",
        "ARCFOUR",
        "Blowfish",
        "ChaCha20",
        "DES",
        "DESede",
        "TripleDES",
        "HmacMD5",
        "HmacSHA1",
        "HmacSHA224",
        "HmacSHA256",
        "HmacSHA384",
        "HmacSHA512",
        "2.16.840.1.101.3.4.1",
        "OID.1.2.840.113549.2.9"
      })
  void makesKeysAsSunJce(String algorithm) throws Exception {
    KeyGenerator ours = KeyGenerator.getInstance(algorithm, PROVIDER);
    KeyGenerator theirs = KeyGenerator.getInstance(algorithm, "SunJCE");
    assertEquals(describe(theirs), describe(ours));
    for (int bits :
        new int[] {
          1, 8, 32, 39, 40, 41, 56, 64, 100, 112, 128, 129, 168, 192, 256, 448, 456, 512, 1000, 1025
        }) {
      assertEquals(make(theirs, bits).text(), make(ours, bits).text(), bits + " bits");
    }
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> ours.init(new IvParameterSpec(new byte[16])));
    assertThrows(InvalidParameterException.class, () -> ours.init(0));
    for (int bits : new int[] {56, 112, 128, 168, 256}) {
      if (make(theirs, bits).exception() == null) {
        ours.init(bits, new FixedRandom(1));
        theirs.init(bits, new FixedRandom(1));
        assertEquals(theirs.generateKey(), ours.generateKey());
      }
    }
  }

  private static String describe(KeyGenerator generator) {
    SecretKey key = generator.generateKey();
    return key.getAlgorithm() + " " + key.getFormat() + " " + key.getEncoded().length;
  }

  private static Outcome make(KeyGenerator generator, int bits) {
    return Outcome.of(
        () -> {
          generator.init(bits);
          return describe(generator);
        });
  }

  /** SunJCE goes back to its default for some algorithms and not for others. */
  @Test
  void sizeOutlivesANewRandom() throws Exception {
    for (String algorithm : new String[] {"AES", "HmacMD5", "HmacSHA256"}) {
      KeyGenerator generator = KeyGenerator.getInstance(algorithm, PROVIDER);
      generator.init(192);
      generator.init(new FixedRandom(1));
      assertEquals(24, generator.generateKey().getEncoded().length);
    }
  }

  @Test
  void keysDiffer() throws Exception {
    KeyGenerator generator = KeyGenerator.getInstance("HmacRIPEMD160", PROVIDER);
    byte[] first = generator.generateKey().getEncoded();
    assertEquals(20, first.length);
    assertFalse(Arrays.equals(first, generator.generateKey().getEncoded()));
  }
}
