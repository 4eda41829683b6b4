package io.github.mbedtls4j.provider.internal.rsa;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import java.util.Arrays;

/** The mask generation function MGF1 (RFC 8017 appendix B.2.1). */
public final class Mgf1 {
  private static final int COUNTER = 4;

  private Mgf1() {}

  /** Adds the mask that a part of an array gives to another part of it, by exclusive or. */
  public static void mask(
      Hash hash, byte[] data, int seedAt, int seedLength, int targetAt, int targetLength) {
    byte[] input =
        Arrays.copyOf(Arrays.copyOfRange(data, seedAt, seedAt + seedLength), seedLength + COUNTER);
    for (int done = 0, counter = 0; done < targetLength; done += hash.length(), counter++) {
      for (int i = 0; i < COUNTER; i++) {
        input[seedLength + i] = (byte) (counter >>> (24 - 8 * i));
      }
      byte[] mask = hash.digest(input, 0, input.length);
      for (int i = 0; i < hash.length() && done + i < targetLength; i++) {
        data[targetAt + done + i] ^= mask[i];
      }
      Arrays.fill(mask, (byte) 0);
    }
    Arrays.fill(input, (byte) 0);
  }
}
