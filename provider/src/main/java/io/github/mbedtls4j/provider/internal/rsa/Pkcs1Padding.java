package io.github.mbedtls4j.provider.internal.rsa;

import io.github.mbedtls4j.nativeloader.handle.Rng;
import java.util.Arrays;
import javax.crypto.BadPaddingException;

/**
 * The padding of PKCS #1 v1.5 (RFC 8017 sections 7.2 and 9.2): {@code 00 type padding 00 data}.
 *
 * @param length of the modulus in bytes
 * @param type 1 for the private key, 2 for the public one
 */
record Pkcs1Padding(int length, int type) implements RsaPadding {
  static final int PRIVATE = 1;
  static final int PUBLIC = 2;

  /** Two zeros, the type and at least eight bytes of padding. */
  private static final int OVERHEAD = 11;

  @Override
  public int maxData() {
    return length - OVERHEAD;
  }

  @Override
  public byte[] pad(byte[] data) {
    byte[] number = new byte[length];
    int end = length - data.length - 1;
    number[1] = (byte) type;
    if (type == PRIVATE) {
      Arrays.fill(number, 2, end, (byte) 0xFF);
    } else {
      fillNonZero(number, 2, end);
    }
    System.arraycopy(data, 0, number, end + 1, data.length);
    return number;
  }

  private static void fillNonZero(byte[] target, int from, int to) {
    Rng.fill(target, from, to - from);
    for (int i = from; i < to; i++) {
      while (target[i] == 0) {
        Rng.fill(target, i, 1);
      }
    }
  }

  /**
   * Looks at every byte in the same way, whatever it is, so that time does not tell where the
   * padding is wrong (Bleichenbacher's attack); that it is wrong, the exception tells.
   */
  @Override
  public byte[] unpad(byte[] number) throws BadPaddingException {
    int bad = number[0] | (number[1] ^ type);
    int separator = 0;
    for (int i = 2; i < length; i++) {
      int octet = number[i] & 0xFF;
      int isZero = (octet - 1) >> 31;
      int notYet = ~(-separator >> 31);
      separator |= isZero & notYet & i;
      if (type == PRIVATE) {
        // Public data: nothing to hide, and only FF pads.
        bad |= notYet & ~isZero & (octet ^ 0xFF);
      }
    }
    // Too few bytes of padding make the difference negative; so does no separator at all.
    bad |= (separator - (OVERHEAD - 1)) >> 31;
    byte[] data = Arrays.copyOfRange(number, separator + 1, length);
    if (bad != 0) {
      Arrays.fill(data, (byte) 0);
      throw new BadPaddingException("Padding error in decryption");
    }
    return data;
  }
}
