package io.github.mbedtls4j.provider.internal.cipher;

import java.util.Arrays;

/**
 * CBC with ciphertext stealing (CS3 of the addendum to NIST SP 800-38A): the last two blocks change
 * places, and the ciphertext is as long as the message.
 */
final class StealingMode extends BlockMode {
  private final BlockMode cbc;
  private final int block;
  private final boolean decrypting;

  StealingMode(BlockMode cbc, int block, boolean decrypting) {
    this.cbc = cbc;
    this.block = block;
    this.decrypting = decrypting;
  }

  @Override
  void start(byte[] iv) {
    cbc.start(iv);
  }

  @Override
  void update(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    cbc.update(source, offset, length, target, targetOffset);
  }

  /** One block, or more than one and not more than two. */
  @Override
  void last(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    if (length <= block) {
      cbc.update(source, offset, length, target, targetOffset);
      return;
    }
    // The second block is short, or not: zeros fill it up.
    byte[] two = Arrays.copyOf(Arrays.copyOfRange(source, offset, offset + length), 2 * block);
    if (decrypting) {
      open(two, length - block);
    } else {
      cbc.update(two, 0, 2 * block, two, 0);
      swap(two);
    }
    System.arraycopy(two, 0, target, targetOffset, length);
    Arrays.fill(two, (byte) 0);
  }

  private void open(byte[] two, int stolenFrom) {
    byte[] chain = cbc.chain();
    byte[] xored = new byte[block];
    cbc.start(new byte[block]);
    cbc.update(two, 0, block, xored, 0);
    // The end of the ciphertext before is what the padding of zeros was xored with.
    System.arraycopy(xored, stolenFrom, two, block + stolenFrom, block - stolenFrom);
    for (int i = 0; i < block; i++) {
      xored[i] ^= two[block + i];
    }
    cbc.start(chain);
    cbc.update(two, block, block, two, 0);
    System.arraycopy(xored, 0, two, block, block);
    Arrays.fill(xored, (byte) 0);
  }

  private void swap(byte[] two) {
    for (int i = 0; i < block; i++) {
      byte first = two[i];
      two[i] = two[block + i];
      two[block + i] = first;
    }
  }

  @Override
  byte[] chain() {
    return cbc.chain();
  }

  @Override
  public void close() {
    cbc.close();
  }
}
