package io.github.mbedtls4j.provider.internal.key;

import java.math.BigInteger;
import java.util.Arrays;

/** Non-negative numbers as unsigned big-endian bytes, the form that Mbed TLS reads and writes. */
public final class Unsigned {
  private Unsigned() {}

  /** The number's bytes without leading zeros. */
  public static byte[] bytes(BigInteger value) {
    return bytes(value, (value.bitLength() + 7) / 8);
  }

  /**
   * The number's bytes, left-padded with zeros.
   *
   * @throws IllegalArgumentException if the number is negative or longer than {@code length}
   */
  public static byte[] bytes(BigInteger value, int length) {
    if (value.signum() < 0 || value.bitLength() > 8 * length) {
      throw new IllegalArgumentException(
          "a number of " + value.bitLength() + " bits does not fit " + length + " unsigned bytes");
    }
    byte[] signed = value.toByteArray();
    byte[] bytes = new byte[length];
    int size = Math.min(signed.length, length);
    System.arraycopy(signed, signed.length - size, bytes, length - size, size);
    Arrays.fill(signed, (byte) 0);
    return bytes;
  }

  /** The number that bytes stand for. */
  public static BigInteger number(byte[] bytes) {
    return new BigInteger(1, bytes);
  }
}
