package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.Rng;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.NoSuchPaddingException;

/** How the last block of a message is filled up. */
public enum Padding {
  NONE("NOPADDING"),
  /** Every byte tells how many there are (RFC 5652, section 6.3). */
  PKCS5("PKCS5PADDING|PKCS7PADDING"),
  /** The last byte tells how many there are; the others are random. */
  ISO10126("ISO10126PADDING");

  private final String names;

  Padding(String names) {
    this.names = names;
  }

  /** All names, in the form of the service attribute {@code SupportedPaddings}. */
  public static String names() {
    return Stream.of(values()).map(padding -> padding.names).collect(Collectors.joining("|"));
  }

  /** The padding of a transformation. */
  static Padding of(String name) throws NoSuchPaddingException {
    String upper = name.toUpperCase(Locale.ROOT);
    for (Padding padding : values()) {
      if (List.of(padding.names.split("\\|", -1)).contains(upper)) {
        return padding;
      }
    }
    throw new NoSuchPaddingException("Padding: " + name + " not implemented");
  }

  /** How many bytes follow a message of {@code total} bytes. */
  int length(int total, int block) {
    return this == NONE ? 0 : block - total % block;
  }

  /** Writes the padding. */
  void fill(byte[] target, int offset, int count) {
    if (this == ISO10126) {
      Rng.fill(target, offset, count - 1);
      target[offset + count - 1] = (byte) count;
    } else {
      Arrays.fill(target, offset, offset + count, (byte) count);
    }
  }

  /**
   * Finds the end of the message without the padding; negative if the padding is malformed. How
   * long it takes depends on neither the message nor the padding.
   */
  int messageLength(byte[] data, int length, int block) {
    if (length == 0) {
      return 0;
    }
    int count = data[length - 1] & 0xFF;
    // Negative unless 1 <= count <= block.
    int bad = (count - 1) | (block - count);
    bad >>= 31;
    if (this == PKCS5) {
      for (int i = 0; i < block; i++) {
        int within = (i - count) >> 31;
        bad |= within & (data[length - 1 - i] ^ count);
      }
    }
    int malformed = (bad | -bad) >> 31;
    return malformed | (length - count);
  }
}
