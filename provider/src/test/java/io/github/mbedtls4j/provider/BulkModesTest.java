package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modes that take many units in one native call, around the size of a native buffer. */
class BulkModesTest {
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();
  private static final BouncyCastleProvider BC = new BouncyCastleProvider();

  @ParameterizedTest
  @CsvSource({
    "AES/ECB, 32, 16",
    "ARIA/ECB, 24, 16",
    "Camellia/ECB, 16, 16",
    "Blowfish/ECB, 16, 8",
    "DES/ECB, 8, 8",
    "DESede/ECB, 24, 8",
    "AES/CFB8, 16, 16",
    "AES/OFB8, 24, 16"
  })
  void agreesWithBouncyCastle(String mode, int keyLength, int block) throws Exception {
    String algorithm = mode.replaceFirst("/.*", "");
    assumeTrue(PROVIDER.getService("Cipher", algorithm) != null, "not in this library");
    Random random = new Random(1);
    SecretKey key = new SecretKeySpec(RandomRun.bytes(random, keyLength), algorithm);
    AlgorithmParameterSpec iv =
        mode.endsWith("ECB") ? null : new IvParameterSpec(RandomRun.bytes(random, block));
    Cipher ours = Cipher.getInstance(mode + "/NoPadding", PROVIDER);
    Cipher theirs = Cipher.getInstance(mode + "/NoPadding", BC);
    for (int length :
        new int[] {block, 2 * block, 16_384 - block, 16_384, 16_384 + block, 40_000}) {
      byte[] plain = RandomRun.bytes(random, length);
      theirs.init(Cipher.ENCRYPT_MODE, key, iv);
      byte[] encrypted = theirs.doFinal(plain);
      ours.init(Cipher.ENCRYPT_MODE, key, iv);
      check(ours, plain, encrypted);
      ours.init(Cipher.DECRYPT_MODE, key, iv);
      check(ours, encrypted, plain);
    }
  }

  /** Into an array of its own, in place, a little to the left, and a little to the right. */
  private static void check(Cipher cipher, byte[] input, byte[] expected) throws Exception {
    assertArrayEquals(expected, cipher.doFinal(input));
    int at = 20;
    for (int to : new int[] {at, at - 8, at - 20, at + 8}) {
      byte[] memory = new byte[input.length + 40];
      System.arraycopy(input, 0, memory, at, input.length);
      assertEquals(input.length, cipher.doFinal(memory, at, input.length, memory, to));
      assertArrayEquals(expected, Arrays.copyOfRange(memory, to, to + input.length));
    }
  }
}
