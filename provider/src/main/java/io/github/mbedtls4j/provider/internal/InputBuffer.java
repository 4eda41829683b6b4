package io.github.mbedtls4j.provider.internal;

import java.security.ProviderException;
import java.util.Arrays;

/** Joins the parts of a message; what it held is overwritten. */
public final class InputBuffer {
  private static final int INITIAL = 64;

  private byte[] data = new byte[INITIAL];
  private int length;

  /** Adds a part. */
  public void append(byte[] source, int offset, int count) {
    if (count > Integer.MAX_VALUE - 8 - length) {
      throw new ProviderException("a message can have at most 2^31 - 9 bytes");
    }
    if (count > data.length - length) {
      byte[] old = data;
      // In long arithmetic: doubling may pass 2^31.
      data =
          Arrays.copyOf(
              old,
              (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(2L * old.length, length + count)));
      Arrays.fill(old, 0, length, (byte) 0);
    }
    System.arraycopy(source, offset, data, length, count);
    length += count;
  }

  /** The array that starts with the message so far; valid until the next {@link #append}. */
  public byte[] array() {
    return data;
  }

  /** The length of the message so far. */
  public int length() {
    return length;
  }

  /** Drops bytes from the start. */
  public void drop(int count) {
    System.arraycopy(data, count, data, 0, length - count);
    Arrays.fill(data, length - count, length, (byte) 0);
    length -= count;
  }

  /** Forgets the message; a large array is let go. */
  public void clear() {
    Arrays.fill(data, 0, length, (byte) 0);
    length = 0;
    if (data.length > 1 << 16) {
      data = new byte[INITIAL];
    }
  }
}
