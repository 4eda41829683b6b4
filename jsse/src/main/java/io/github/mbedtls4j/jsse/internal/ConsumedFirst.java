package io.github.mbedtls4j.jsse.internal;

import java.io.IOException;
import java.io.InputStream;

/**
 * A socket's input with what was already read from it in front. Unlike {@link
 * java.io.SequenceInputStream} it does not close the socket at the end.
 */
final class ConsumedFirst extends InputStream {
  private final InputStream rest;

  /** Null once it is used up. */
  private InputStream consumed;

  ConsumedFirst(InputStream consumed, InputStream rest) {
    this.consumed = consumed;
    this.rest = rest;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (consumed != null) {
      int count = consumed.read(target, offset, length);
      if (count >= 0) {
        return count;
      }
      consumed = null;
    }
    return rest.read(target, offset, length);
  }

  @Override
  public int available() throws IOException {
    int first = consumed == null ? 0 : consumed.available();
    return first > 0 ? first : rest.available();
  }
}
