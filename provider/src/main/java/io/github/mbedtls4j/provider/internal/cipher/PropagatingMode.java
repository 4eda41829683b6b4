package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.BlockTransform;
import java.util.Arrays;

/** PCBC: each block is chained on plaintext and ciphertext of the one before (Kerberos 4). */
final class PropagatingMode extends BlockMode {
  private final BlockTransform ecb;
  private final int block;
  private final boolean decrypting;
  private final byte[] chain;
  private final byte[] work;

  PropagatingMode(BlockTransform ecb, int block, boolean decrypting) {
    this.ecb = ecb;
    this.block = block;
    this.decrypting = decrypting;
    chain = new byte[block];
    work = new byte[block];
  }

  @Override
  void start(byte[] iv) {
    System.arraycopy(iv, 0, chain, 0, block);
  }

  @Override
  void update(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    for (int at = 0; at < length; at += block) {
      System.arraycopy(source, offset + at, work, 0, block);
      if (decrypting) {
        ecb.update(work, 0, block, work, 0);
      }
      for (int i = 0; i < block; i++) {
        work[i] ^= chain[i];
        chain[i] = source[offset + at + i];
      }
      if (!decrypting) {
        ecb.update(work, 0, block, work, 0);
      }
      for (int i = 0; i < block; i++) {
        chain[i] ^= work[i];
      }
      System.arraycopy(work, 0, target, targetOffset + at, block);
    }
  }

  @Override
  byte[] chain() {
    return chain.clone();
  }

  @Override
  public void close() {
    Arrays.fill(work, (byte) 0);
    Arrays.fill(chain, (byte) 0);
    ecb.close();
  }
}
