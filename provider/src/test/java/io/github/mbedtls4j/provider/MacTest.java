package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MacTest {
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();

  private static Mac mac(String algorithm) throws Exception {
    assumeTrue(PROVIDER.getService("Mac", algorithm) != null);
    return Mac.getInstance(algorithm, PROVIDER);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** RFC 2202 and RFC 4231, case 2; a key longer than any block; the empty key. */
  @ParameterizedTest
  @CsvSource({
    "HmacMD2, 292f9d34f9e311846de86c495d7adfa2, 51d67fcdc611e2eedfcd9a6451ff03a1, 6f6e031223b36cd2a997787a03d16bf5",
    "HmacMD4, be192c588a8e914d8a59b474a828128f, e9e43b2f0fbad3e9c287a49c60aeb22a, c8d444e3153b538850e7850fa84bb247",
    "HmacMD5, 750c783e6ab0b503eaa86e310a5db738, 718a2cd6f57e4d7de2a2f52603146e16, 74e6f7298a9c2d168935f58c001bad88",
    "HmacSHA1, effcdf6ae5eb2fa2d27416d5f184df9c259a7c79, 38fc78929099e190a603440e9a62a5594d795880, fbdb1d1b18aa6c08324b7d64b71fb76370690e1d",
    "HmacSHA224, a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44, fbd14a8025ab79fba57667f3e9329e84f7583adb1c2b7205a0bc4a21, 5ce14f72894662213e2748d2a6ba234b74263910cedde2f5a9271524",
    "HmacSHA256, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843, 1de264fb3b73d93c143d2d5db2e5703077aa63966a027410f88a61452e5c87aa, b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad",
    "HmacSHA384, af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649, 7320a5ad3f6fe8a4090663ad638127224c6153f7252147bbde87213059635dfb835bc1c23ef960614c2c01a7ee8717b8, 6c1f2ee938fad2e24bd91298474382ca218c75db3d83e114b3d4367776d14d3551289e75e8209cd4b792302840234adc",
    "HmacSHA512, 164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737, 8eb8de1d2ea442cda6165aa90fea5d4c89413eb0ea2446a06335d2aec8270e650246cddd165782756c49d1d0b54593817f4950172e5dbd106f11b3449260cc50, b936cee86c9f87aa5d3c6f2e84cb5a4239a5fe50480a6ec66b70ab5b1f4ac6730c6c515421b327ec1d69402e53dfb49ad7381eb067b338fd7b0cb22247225d47",
    "HmacRIPEMD160, dda6c0213a485a9e24f4742064a7f033b43c4069, bf36d27810e0d75238682c462f350996a6392a16, 44d86b658a3e7cbc1a2010848b53e35c917720ca",
  })
  void knownAnswers(String algorithm, String jefe, String longKey, String empty) throws Exception {
    Mac mac = mac(algorithm);
    mac.init(new SecretKeySpec(ascii("Jefe"), "any name"));
    assertEquals(jefe, hex(mac.doFinal(ascii("what do ya want for nothing?"))));
    assertEquals(jefe.length() / 2, mac.getMacLength());
    byte[] key = new byte[200];
    Arrays.fill(key, (byte) 0xAA);
    mac.init(new SecretKeySpec(key, "HMAC"));
    assertEquals(longKey, hex(mac.doFinal(ascii("Test"))));
    mac.init(new TestKey("HMAC", "RAW", ""));
    assertEquals(empty, hex(mac.doFinal()));
  }

  /** RFC 2202 and RFC 4231, case 6: key larger than the block. */
  @ParameterizedTest
  @CsvSource({
    "HmacMD5, 80, 6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd",
    "HmacSHA1, 80, aa4ae5e15272d00e95705637ce8a3b55ed402112",
    "HmacSHA224, 131, 95e9a0db962095adaebe9b2d6f0dbce2d499f112f2d2b7273fa6870e",
    "HmacSHA256, 131, 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
  })
  void longKeys(String algorithm, int length, String expected) throws Exception {
    byte[] key = new byte[length];
    Arrays.fill(key, (byte) 0xAA);
    Mac mac = mac(algorithm);
    mac.init(new SecretKeySpec(key, algorithm));
    mac.update(ascii("Test Using Larger Than Block-Size Key - Hash Key First"));
    assertEquals(expected, hex(mac.doFinal()));
  }

  @Test
  void readmeVector() throws Exception {
    Mac mac = mac("HmacMD5");
    mac.init(new SecretKeySpec(ascii("This is my secret key"), "HmacMD5"));
    mac.update(ascii("Nobody inspects"));
    mac.update(ascii(" the spammish repetition"));
    assertEquals("9d2d2f726a5c9880b17247870fe9e4eb", hex(mac.doFinal()));
  }

  @Test
  void refusesAsSunJce() throws Exception {
    Mac mac = mac("HmacSHA256");
    Key key = new SecretKeySpec(new byte[16], "x");
    assertThrows(IllegalStateException.class, mac::doFinal);
    assertThrows(IllegalStateException.class, () -> mac.update((byte) 1));
    assertThrows(InvalidKeyException.class, () -> mac.init(null));
    assertThrows(InvalidKeyException.class, () -> mac.init(new TestKey("x", "RAW", null)));
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> mac.init(key, new IvParameterSpec(new byte[16])));
    mac.init(key);
    mac.update((byte) 7);
    assertThrows(ShortBufferException.class, () -> mac.doFinal(new byte[40], 20));
    byte[] expected = mac.doFinal();
    assertArrayEquals(expected, mac.doFinal(new byte[] {7}));
  }

  /** SunJCE makes the message under way a part of a key that is longer than a block. */
  @Test
  void newKeyInTheMiddleOfAMessage() throws Exception {
    Key longKey = new SecretKeySpec(new byte[200], "x");
    Mac mac = mac("HmacSHA256");
    mac.init(longKey);
    byte[] expected = mac.doFinal();
    mac.update(new byte[300]);
    mac.init(longKey);
    assertArrayEquals(expected, mac.doFinal());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HmacMD5",
        "HmacSHA1",
        "HmacSHA224",
        "HmacSHA256",
        "HmacSHA384",
        "HmacSHA512",
        "1.2.840.113549.2.9",
        "OID.1.2.840.113549.2.11"
      })
  void behavesAsSunJce(String algorithm) {
    RandomRun.repeat(
        60,
        random -> {
          List<Mac> ours = new ArrayList<>(List.of(mac(algorithm)));
          List<Mac> theirs = new ArrayList<>(List.of(Mac.getInstance(algorithm, "SunJCE")));
          for (int i = 0; i < 60; i++) {
            int index = random.nextInt(ours.size());
            step(random, ours, theirs, index);
          }
        });
  }

  private static void step(Random random, List<Mac> ours, List<Mac> theirs, int index)
      throws Exception {
    Mac mine = ours.get(index);
    Mac reference = theirs.get(index);
    byte[] data = RandomRun.bytes(random, RandomRun.length(random));
    int from = random.nextInt(data.length + 1);
    int kind = random.nextInt(16);
    Outcome expected = Outcome.of(() -> act(reference, kind, data, from));
    Outcome actual = Outcome.of(() -> act(mine, kind, data, from));
    assertEquals(expected.text(), actual.text());
    if (random.nextInt(8) == 0 && ours.size() < 5) {
      ours.add((Mac) mine.clone());
      theirs.add((Mac) reference.clone());
    }
  }

  private static Object act(Mac mac, int kind, byte[] data, int from) throws Exception {
    switch (kind) {
      case 0, 1 -> {
        if (mac.getProvider().getName().equals("SunJCE")) {
          // It digests a long key together with the message that was under way.
          mac.reset();
        }
        mac.init(new TestKey("x", "RAW", hex(Arrays.copyOf(data, data.length % 300))));
      }
      case 2 -> mac.reset();
      case 3, 4 -> {
        return mac.doFinal();
      }
      case 5 -> {
        return mac.doFinal(data);
      }
      case 6 -> {
        byte[] out = new byte[70];
        mac.doFinal(out, from % 70);
        return out;
      }
      case 7, 8 -> mac.update(data.length == 0 ? 3 : data[0]);
      case 9 -> mac.update(ByteBuffer.wrap(data, from, data.length - from).slice());
      case 10 -> mac.update(ByteBuffer.allocateDirect(data.length).put(data).position(from));
      case 11 -> mac.update(ByteBuffer.wrap(data).asReadOnlyBuffer().position(from));
      default -> mac.update(data, from, data.length - from);
    }
    return null;
  }
}
