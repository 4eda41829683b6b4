package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Poly1305Test {
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();
  private static final HexFormat HEX = HexFormat.of();

  private static Mac mac(byte[] key) throws Exception {
    Mac mac = Mac.getInstance("Poly1305", PROVIDER);
    mac.init(new SecretKeySpec(key, "Poly1305"));
    assertEquals(16, mac.getMacLength());
    return mac;
  }

  /** RFC 8439 section 2.5.2. */
  @Test
  void example() throws Exception {
    byte[] key = HEX.parseHex("85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b");
    byte[] message = "Cryptographic Forum Research Group".getBytes(StandardCharsets.US_ASCII);
    assertEquals("a8061dc1305136c6c22b8baf0c0127a9", HEX.formatHex(mac(key).doFinal(message)));
  }

  /** RFC 8439 appendix A.3: sums at the edges of the field. */
  @ParameterizedTest
  @CsvSource({
    "02, ffffffffffffffffffffffffffffffff, 03000000000000000000000000000000",
    "01, fffffffffffffffffffffffffffffffff0ffffffffffffffffffffffffffffff"
        + "11000000000000000000000000000000, 05000000000000000000000000000000",
    "01, fffffffffffffffffffffffffffffffffbfefefefefefefefefefefefefefefe"
        + "01010101010101010101010101010101, 00000000000000000000000000000000",
    "02, fdffffffffffffffffffffffffffffff, faffffffffffffffffffffffffffffff",
    "0100000000000000040000000000000000, e33594d7505e43b900000000000000003394d7505e4379cd01000000"
        + "000000000000000000000000000000000000000001000000000000000000000000000000,"
        + " 14000000000000005500000000000000",
  })
  void edges(String r, String message, String tag) throws Exception {
    byte[] key = new byte[32];
    byte[] start = HEX.parseHex(r);
    System.arraycopy(start, 0, key, 0, start.length);
    assertEquals(tag, HEX.formatHex(mac(key).doFinal(HEX.parseHex(message))));
  }

  @Test
  void agreesWithBouncyCastle() throws Exception {
    Mac reference = Mac.getInstance("Poly1305", new BouncyCastleProvider());
    RandomRun.repeat(
        100,
        random -> {
          byte[] key = RandomRun.bytes(random, 32);
          // BouncyCastle takes r as RFC 8439 clamps it.
          for (int i = 3; i < 16; i += 4) {
            key[i] &= 15;
            key[i + 1 & 15] &= (byte) (i == 15 ? -1 : -4);
          }
          byte[] message = RandomRun.bytes(random, RandomRun.length(random));
          reference.init(new SecretKeySpec(key, "Poly1305"));
          byte[] expected = reference.doFinal(message);
          Mac ours = mac(key);
          ours.update(RandomRun.bytes(random, 21));
          ours.reset();
          int cut = random.nextInt(message.length + 1);
          ours.update(message, 0, cut);
          Mac clone = (Mac) ours.clone();
          for (Mac each : new Mac[] {ours, clone}) {
            each.update(ByteBuffer.wrap(message, cut, message.length - cut));
            assertArrayEquals(expected, each.doFinal());
          }
        });
  }

  @Test
  void takesAKeyOnce() throws Exception {
    byte[] key = RandomRun.bytes(new Random(1), 32);
    Mac mac = mac(key);
    byte[] expected = mac.doFinal(new byte[5]);
    assertThrows(IllegalStateException.class, mac::doFinal);
    assertThrows(IllegalStateException.class, () -> mac.update((byte) 1));
    assertThrows(IllegalStateException.class, () -> mac.update(new byte[5]));
    mac.reset();
    assertThrows(IllegalStateException.class, () -> mac.doFinal(new byte[5]));
    Mac clone = (Mac) mac.clone();
    assertThrows(IllegalStateException.class, clone::doFinal);
    // Who verifies computes it again.
    mac.init(new SecretKeySpec(key, "Poly1305"));
    assertArrayEquals(expected, mac.doFinal(new byte[5]));
  }

  @Test
  void refuses() throws Exception {
    Mac mac = Mac.getInstance("Poly1305", PROVIDER);
    SecretKey key = new SecretKeySpec(new byte[32], "Poly1305");
    assertThrows(IllegalStateException.class, () -> mac.update((byte) 1));
    assertThrows(InvalidKeyException.class, () -> mac.init(null));
    for (int length : new int[] {16, 31, 33}) {
      assertThrows(
          InvalidKeyException.class, () -> mac.init(new SecretKeySpec(new byte[length], "x")));
    }
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> mac.init(key, new IvParameterSpec(new byte[16])));
  }
}
