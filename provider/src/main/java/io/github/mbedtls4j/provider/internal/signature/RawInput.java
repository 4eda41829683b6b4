package io.github.mbedtls4j.provider.internal.signature;

import io.github.mbedtls4j.provider.internal.digest.MessageInput;
import java.util.Arrays;

/** Collects what the caller has digested itself. */
final class RawInput implements MessageInput {
  private final byte[] buffer;

  /** How much came, stored or not. */
  private long length;

  /** Takes messages of up to {@code limit} bytes. */
  RawInput(int limit) {
    buffer = new byte[limit];
  }

  @Override
  public void update(byte input) {
    update(new byte[] {input}, 0, 1);
  }

  @Override
  public void update(byte[] input, int offset, int size) {
    if (!isTooLong() && size <= buffer.length - length) {
      System.arraycopy(input, offset, buffer, (int) length, size);
    }
    length += size;
  }

  /** Whether more came than fits. */
  boolean isTooLong() {
    return length > buffer.length;
  }

  @Override
  public byte[] finish() {
    byte[] message = Arrays.copyOf(buffer, (int) Math.min(length, buffer.length));
    reset();
    return message;
  }

  @Override
  public void reset() {
    Arrays.fill(buffer, (byte) 0);
    length = 0;
  }
}
