package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.security.Provider;
import java.util.Random;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CCM, which the JDK lacks, against BouncyCastle: random sizes, in random pieces. */
class CcmDifferentialTest {
  private static final Provider OURS = new MbedTlsProvider();
  private static final Provider THEIRS = new BouncyCastleProvider();
  private static final int ROUNDS = 300;

  @ParameterizedTest
  @ValueSource(strings = {"AES", "ARIA", "Camellia"})
  void inRandomPieces(String algorithm) throws Exception {
    assumeTrue(
        OURS.getService("Cipher", algorithm + "/CCM/NoPadding") != null,
        "the library has no " + algorithm);
    Random random = new Random(algorithm.hashCode());
    for (int round = 0; round < ROUNDS; round++) {
      SecretKey key =
          new SecretKeySpec(RandomRun.bytes(random, 16 + 8 * random.nextInt(3)), algorithm);
      int tag = 4 + 2 * random.nextInt(7);
      GCMParameterSpec spec =
          new GCMParameterSpec(8 * tag, RandomRun.bytes(random, 7 + random.nextInt(7)));
      byte[] aad = RandomRun.bytes(random, random.nextInt(3) == 0 ? 0 : random.nextInt(200));
      byte[] message = RandomRun.bytes(random, random.nextInt(5) == 0 ? 0 : random.nextInt(3000));

      byte[] expected = run(THEIRS, algorithm, Cipher.ENCRYPT_MODE, key, spec, aad, message, null);
      byte[] actual = run(OURS, algorithm, Cipher.ENCRYPT_MODE, key, spec, aad, message, random);
      assertArrayEquals(expected, actual, algorithm + " round " + round);
      assertEquals(message.length + tag, actual.length);
      assertArrayEquals(
          message, run(OURS, algorithm, Cipher.DECRYPT_MODE, key, spec, aad, actual, random));

      actual[random.nextInt(actual.length)] ^= (byte) (1 << random.nextInt(8));
      assertThrows(
          AEADBadTagException.class,
          () -> run(OURS, algorithm, Cipher.DECRYPT_MODE, key, spec, aad, actual, random));
    }
  }

  /** One message; in one piece if {@code pieces} is null. */
  private static byte[] run(
      Provider provider,
      String algorithm,
      int mode,
      SecretKey key,
      GCMParameterSpec spec,
      byte[] aad,
      byte[] input,
      Random pieces)
      throws Exception {
    Cipher cipher = Cipher.getInstance(algorithm + "/CCM/NoPadding", provider);
    cipher.init(mode, key, spec);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < aad.length; ) {
      int length = pieces == null ? aad.length : 1 + pieces.nextInt(aad.length - at);
      cipher.updateAAD(aad, at, length);
      at += length;
    }
    int at = 0;
    while (pieces != null && at < input.length && pieces.nextInt(3) != 0) {
      int length = 1 + pieces.nextInt(input.length - at);
      byte[] part = cipher.update(input, at, length);
      out.writeBytes(part == null ? new byte[0] : part);
      at += length;
    }
    out.writeBytes(cipher.doFinal(input, at, input.length - at));
    return out.toByteArray();
  }
}
