package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.provider.internal.key.RunningJdk;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.BadPaddingException;
import javax.crypto.IllegalBlockSizeException;

/** How a key becomes whole semiblocks behind an initial value, and how that is checked. */
public enum KeyWrapFormat {
  /** RFC 3394. */
  KW("KW", "NoPadding", "a6a6a6a6a6a6a6a6", 24),
  /** RFC 3394 of a key with PKCS #5 padding to {@link #block}: an invention of SunJCE. */
  KW_PADDED("KW", "PKCS5Padding", "a6a6a6a6a6a6a6a6", 24),
  /** RFC 5649. */
  KWP("KWP", "NoPadding", "a65959a6", 16);

  /** What padding has at most, on any JDK. */
  private static final int LONGEST_PADDING = 16;

  private final String mode;
  private final String padding;
  private final String iv;
  private final int shortest;

  KeyWrapFormat(String mode, String padding, String iv, int shortest) {
    this.mode = mode;
    this.padding = padding;
    this.iv = iv;
    this.shortest = shortest;
  }

  /** The mode in a transformation. */
  public String mode() {
    return mode;
  }

  /** The padding in a transformation. */
  public String padding() {
    return padding;
  }

  /** The block length in bytes that the running JDK tells. */
  static int block() {
    return RunningJdk.keyWrapBlock();
  }

  /** Whether an IV is of the right length and allowed. */
  boolean takesIv(byte[] value) {
    byte[] standard = defaultIv();
    return (this == KWP && RunningJdk.paddedKeyWrapHasOneIv())
        ? Arrays.equals(value, standard)
        : value.length == standard.length;
  }

  byte[] defaultIv() {
    return HexFormat.of().parseHex(iv);
  }

  /** The length of an IV in bytes. */
  public int ivLength() {
    return iv.length() / 2;
  }

  /** The length of a wrapped key. */
  int wrappedLength(int length) {
    int padded =
        switch (this) {
          case KW -> length;
          case KW_PADDED -> Math.addExact(length - length % block(), block());
          case KWP -> Math.addExact(length, 7) / 8 * 8;
        };
    return Math.addExact(padded, KeyWrap.SEMIBLOCK);
  }

  /** What is to be wrapped: initial value, key and padding. */
  byte[] join(byte[] initial, byte[] key, int length) throws IllegalBlockSizeException {
    int total = wrappedLength(length);
    if (this == KWP ? length == 0 : total < shortest || total % KeyWrap.SEMIBLOCK != 0) {
      throw new IllegalBlockSizeException(
          this == KWP
              ? "data should have at least 1 byte"
              : "data should be at least 16 bytes and multiples of 8");
    }
    ByteBuffer joined = ByteBuffer.allocate(total).put(initial);
    if (this == KWP) {
      joined.putInt(length);
    }
    joined.put(key, 0, length);
    if (this == KW_PADDED) {
      Arrays.fill(joined.array(), joined.position(), total, (byte) joined.remaining());
    }
    return joined.array();
  }

  void checkWrapped(int length) throws IllegalBlockSizeException {
    if (length < shortest || length % KeyWrap.SEMIBLOCK != 0) {
      throw new IllegalBlockSizeException(
          "data should be at least " + shortest + " bytes and multiples of 8");
    }
  }

  /** The key in what was unwrapped. */
  byte[] split(byte[] initial, byte[] joined)
      throws IllegalBlockSizeException, BadPaddingException {
    boolean genuine = MessageDigest.isEqual(initial, Arrays.copyOf(joined, initial.length));
    int length = joined.length - KeyWrap.SEMIBLOCK;
    if (this == KWP) {
      int told = ByteBuffer.wrap(joined).getInt(initial.length);
      int padded = length - told;
      genuine &= padded >= 0 && padded < KeyWrap.SEMIBLOCK;
      int stray = 0;
      // Eight at most, whatever the length that is told.
      for (int i = 1; i < KeyWrap.SEMIBLOCK; i++) {
        stray |= i <= padded ? joined[joined.length - i] : 0;
      }
      genuine &= stray == 0;
      length = told;
    }
    if (!genuine) {
      throw new IllegalBlockSizeException("Integrity check failed");
    }
    if (this == KW_PADDED) {
      byte[] message = Arrays.copyOfRange(joined, KeyWrap.SEMIBLOCK, joined.length);
      length = Padding.PKCS5.messageLength(message, message.length, LONGEST_PADDING);
      Arrays.fill(message, (byte) 0);
      if (length < 0) {
        throw new BadPaddingException("Bad padding in the wrapped data");
      }
    }
    return Arrays.copyOfRange(joined, KeyWrap.SEMIBLOCK, KeyWrap.SEMIBLOCK + length);
  }
}
