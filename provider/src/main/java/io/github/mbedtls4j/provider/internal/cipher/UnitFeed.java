package io.github.mbedtls4j.provider.internal.cipher;

import static io.github.mbedtls4j.provider.internal.cipher.SymmetricCipherSpi.overtakes;

import io.github.mbedtls4j.provider.internal.InputBuffer;
import java.util.Arrays;

/** Joins the parts of a message into units before they are transformed. */
final class UnitFeed {
  private final AeadPrimitive primitive;
  private final int unit;
  private final InputBuffer pending;

  /** A feed that keeps less than a unit in {@code pending}. */
  UnitFeed(AeadPrimitive primitive, int unit, InputBuffer pending) {
    this.primitive = primitive;
    this.unit = unit;
    this.pending = pending;
  }

  /**
   * Transforms {@code ready} bytes of the pending ones and the input, and keeps the rest.
   *
   * @param ready a multiple of the unit, except at the end of the message
   */
  void feed(byte[] input, int offset, int length, int ready, byte[] output, int outputOffset) {
    byte[] source = input;
    int at = offset;
    if (overtakes(input, offset, length, output, outputOffset, pending.length())) {
      source = Arrays.copyOfRange(input, offset, offset + length);
      at = 0;
    }
    int end = at + length;
    int head = 0;
    if (pending.length() > 0 && ready > 0) {
      head = Math.min(ready, unit);
      int fill = head - pending.length();
      pending.append(source, at, fill);
      at += fill;
      primitive.transform(pending.array(), 0, head, output, outputOffset);
      pending.clear();
    }
    if (ready > head) {
      primitive.transform(source, at, ready - head, output, outputOffset + head);
    }
    at += ready - head;
    pending.append(source, at, end - at);
  }
}
