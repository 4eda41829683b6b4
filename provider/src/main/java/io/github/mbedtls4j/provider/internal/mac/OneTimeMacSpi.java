package io.github.mbedtls4j.provider.internal.mac;

import io.github.mbedtls4j.provider.internal.InputBuffer;
import javax.crypto.MacSpi;

/** A MAC for one message: a second one with the same key and nonce would give the key away. */
abstract class OneTimeMacSpi extends MacSpi implements Cloneable {
  private final String demand;
  private final InputBuffer message = new InputBuffer();
  private boolean spent;

  /** One that, when it is used again, says what it needs before. */
  OneTimeMacSpi(String demand) {
    this.demand = demand;
  }

  /** The MAC of a message's first bytes. */
  abstract byte[] tag(byte[] message, int length);

  /** A new key or nonce is there. */
  final void begin() {
    spent = false;
    message.clear();
  }

  /** Takes over another's message. */
  final void copyMessage(OneTimeMacSpi from) {
    message.append(from.message.array(), 0, from.message.length());
    spent = from.spent;
  }

  private void requireFresh() {
    if (spent) {
      throw new IllegalStateException(demand);
    }
  }

  @Override
  protected final void engineUpdate(byte input) {
    engineUpdate(new byte[] {input}, 0, 1);
  }

  @Override
  protected final void engineUpdate(byte[] input, int offset, int length) {
    requireFresh();
    message.append(input, offset, length);
  }

  @Override
  protected final byte[] engineDoFinal() {
    requireFresh();
    byte[] tag = tag(message.array(), message.length());
    message.clear();
    spent = true;
    return tag;
  }

  @Override
  protected final void engineReset() {
    message.clear();
  }

  @Override
  public abstract Object clone();
}
