package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.CipherContext;
import java.util.Arrays;

/**
 * The wrapping function of NIST SP 800-38F and RFC 3394 over a block cipher of 16 bytes. Composed,
 * since few builds have {@code mbedtls_nist_kw}, and none takes another initial value.
 */
final class KeyWrap {
  static final int SEMIBLOCK = 8;
  private static final int ROUNDS = 6;

  private KeyWrap() {}

  /** Wraps: the first semiblock of {@code data} is the initial value. */
  static void wrap(CipherContext ecb, byte[] data) {
    if (data.length == 2 * SEMIBLOCK) {
      ecb.update(data, 0, data.length, data, 0);
      return;
    }
    byte[] block = new byte[2 * SEMIBLOCK];
    int semiblocks = data.length / SEMIBLOCK - 1;
    System.arraycopy(data, 0, block, 0, SEMIBLOCK);
    for (int step = 1; step <= ROUNDS * semiblocks; step++) {
      int at = ((step - 1) % semiblocks + 1) * SEMIBLOCK;
      System.arraycopy(data, at, block, SEMIBLOCK, SEMIBLOCK);
      ecb.update(block, 0, block.length, block, 0);
      count(block, step);
      System.arraycopy(block, SEMIBLOCK, data, at, SEMIBLOCK);
    }
    System.arraycopy(block, 0, data, 0, SEMIBLOCK);
    Arrays.fill(block, (byte) 0);
  }

  /** Unwraps what {@link #wrap} made, over the inverse of the block cipher. */
  static void unwrap(CipherContext ecb, byte[] data) {
    if (data.length == 2 * SEMIBLOCK) {
      ecb.update(data, 0, data.length, data, 0);
      return;
    }
    byte[] block = new byte[2 * SEMIBLOCK];
    int semiblocks = data.length / SEMIBLOCK - 1;
    System.arraycopy(data, 0, block, 0, SEMIBLOCK);
    for (int step = ROUNDS * semiblocks; step > 0; step--) {
      int at = ((step - 1) % semiblocks + 1) * SEMIBLOCK;
      count(block, step);
      System.arraycopy(data, at, block, SEMIBLOCK, SEMIBLOCK);
      ecb.update(block, 0, block.length, block, 0);
      System.arraycopy(block, SEMIBLOCK, data, at, SEMIBLOCK);
    }
    System.arraycopy(block, 0, data, 0, SEMIBLOCK);
    Arrays.fill(block, (byte) 0);
  }

  private static void count(byte[] block, int step) {
    for (int i = 0; i < Integer.BYTES; i++) {
      block[SEMIBLOCK - 1 - i] ^= (byte) (step >>> (8 * i));
    }
  }
}
