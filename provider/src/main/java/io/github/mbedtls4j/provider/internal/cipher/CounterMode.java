package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.BlockTransform;
import java.util.Arrays;

/** CTR (NIST SP 800-38A) for ciphers of which the library has no CTR. */
final class CounterMode extends BlockMode {
  private static final int BLOCKS = 64;

  private final BlockTransform ecb;
  private final int block;
  private final byte[] counter;
  private final byte[] stream;

  /** How much of {@link #stream} is used up. */
  private int used;

  CounterMode(BlockTransform ecb, int block) {
    this.ecb = ecb;
    this.block = block;
    counter = new byte[block];
    stream = new byte[block * BLOCKS];
  }

  @Override
  void start(byte[] iv) {
    System.arraycopy(iv, 0, counter, 0, block);
    used = stream.length;
  }

  @Override
  void update(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    for (int i = 0; i < length; i++) {
      if (used == stream.length) {
        refill((length - i + block - 1) / block);
      }
      target[targetOffset + i] = (byte) (source[offset + i] ^ stream[used++]);
    }
  }

  /** Makes as many blocks as are asked for, at the end of the array. */
  private void refill(int wanted) {
    used = stream.length - Math.min(wanted, BLOCKS) * block;
    for (int at = used; at < stream.length; at += block) {
      System.arraycopy(counter, 0, stream, at, block);
      for (int i = block - 1; i >= 0 && ++counter[i] == 0; i--) {
        // The carry goes on to the next byte.
      }
    }
    ecb.update(stream, used, stream.length - used, stream, used);
  }

  /** Not asked for: without padding nothing is decrypted twice. */
  @Override
  byte[] chain() {
    throw new UnsupportedOperationException("CTR does not go on from a chaining value");
  }

  @Override
  public void close() {
    Arrays.fill(stream, (byte) 0);
    ecb.close();
  }
}
