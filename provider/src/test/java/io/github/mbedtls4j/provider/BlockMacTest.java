package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockMacTest {
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();
  private static final BouncyCastleProvider BC = new BouncyCastleProvider();

  @ParameterizedTest
  @CsvSource({
    "AESCMAC, AESCMAC, 16",
    "AESCMAC, AESCMAC, 24",
    "AESCMAC, AESCMAC, 32",
    "DESedeCMAC, DESedeCMAC, 24",
    "AESGMAC, AES-GMAC, 16"
  })
  void agreesWithBouncyCastle(String ours, String theirs, int keyLength) throws Exception {
    RandomRun.repeat(
        40,
        random -> {
          Mac mac = Mac.getInstance(ours, PROVIDER);
          Mac reference = Mac.getInstance(theirs, BC);
          SecretKey key = new SecretKeySpec(RandomRun.bytes(random, keyLength), "x");
          boolean gmac = ours.endsWith("GMAC");
          AlgorithmParameterSpec params =
              gmac ? new IvParameterSpec(RandomRun.bytes(random, 12)) : null;
          mac.init(key, params);
          reference.init(key, params);
          for (int i = 0; i < (gmac ? 1 : 5); i++) {
            compare(mac, reference, random);
          }
        });
  }

  private static void compare(Mac mac, Mac reference, Random random) throws Exception {
    byte[] message = RandomRun.bytes(random, RandomRun.length(random));
    byte[] expected = reference.doFinal(message);
    mac.update(RandomRun.bytes(random, 21));
    mac.reset();
    int at = 0;
    Mac clone = null;
    while (at < message.length) {
      int size = Math.min(1 + RandomRun.length(random), message.length - at);
      mac.update(message, at, size);
      at += size;
      if (clone == null) {
        clone = (Mac) mac.clone();
        clone.update(message, at, message.length - at);
      }
    }
    assertArrayEquals(expected, mac.doFinal());
    if (clone != null) {
      assertArrayEquals(expected, clone.doFinal());
    }
  }

  /** As BouncyCastle: two messages with one nonce give the key away. */
  @Test
  void gmacTakesANonceOnce() throws Exception {
    SecretKey key = new SecretKeySpec(new byte[16], "AES");
    IvParameterSpec nonce = new IvParameterSpec(new byte[12]);
    Mac theirs = Mac.getInstance("AES-GMAC", BC);
    theirs.init(key, nonce);
    byte[] expected = theirs.doFinal(new byte[5]);
    assertThrows(IllegalStateException.class, () -> theirs.doFinal(new byte[5]));
    Mac ours = Mac.getInstance("AESGMAC", PROVIDER);
    // Who verifies computes it again.
    for (int i = 0; i < 2; i++) {
      ours.init(key, nonce);
      ours.update(new byte[3]);
      ours.reset();
      assertArrayEquals(expected, ours.doFinal(new byte[5]));
      assertThrows(IllegalStateException.class, () -> ours.doFinal(new byte[5]));
      assertThrows(IllegalStateException.class, ours::doFinal);
      Mac clone = (Mac) ours.clone();
      assertThrows(IllegalStateException.class, () -> clone.update((byte) 1));
      ours.reset();
      assertThrows(IllegalStateException.class, () -> ours.update((byte) 1));
    }
  }

  @Test
  void refuses() throws Exception {
    Mac cmac = Mac.getInstance("AESCMAC", PROVIDER);
    SecretKey key = new SecretKeySpec(new byte[16], "AES");
    assertThrows(IllegalStateException.class, () -> cmac.doFinal(new byte[1]));
    assertThrows(
        InvalidKeyException.class, () -> cmac.init(new SecretKeySpec(new byte[15], "AES")));
    assertThrows(InvalidKeyException.class, () -> cmac.init(null));
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> cmac.init(key, new IvParameterSpec(new byte[16])));
    Mac gmac = Mac.getInstance("AESGMAC", PROVIDER);
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> gmac.init(key, new GCMParameterSpec(64, new byte[12])));
  }
}
