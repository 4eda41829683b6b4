package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.BlockTransform;
import java.util.Arrays;

/** CFB and OFB with feedback of one byte up to a block (NIST SP 800-38A, FIPS 81). */
final class FeedbackMode extends BlockMode {
  private final BlockTransform ecb;
  private final int block;
  private final int unit;
  private final boolean output;
  private final boolean decrypting;
  private final byte[] register;
  private final byte[] stream;

  FeedbackMode(BlockTransform ecb, int block, int unit, boolean output, boolean decrypting) {
    this.ecb = ecb;
    this.block = block;
    this.unit = unit;
    this.output = output;
    this.decrypting = decrypting;
    register = new byte[block];
    stream = new byte[block];
  }

  @Override
  void start(byte[] iv) {
    System.arraycopy(iv, 0, register, 0, block);
  }

  @Override
  void update(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    for (int at = 0; at < length; at += unit) {
      int size = Math.min(unit, length - at);
      ecb.update(register, 0, block, stream, 0);
      // A short unit is the last one: what it leaves in the register is not used.
      System.arraycopy(register, unit, register, 0, block - unit);
      for (int i = 0; i < size; i++) {
        byte in = source[offset + at + i];
        byte out = (byte) (in ^ stream[i]);
        target[targetOffset + at + i] = out;
        byte feedback = output ? stream[i] : decrypting ? in : out;
        register[block - unit + i] = feedback;
      }
    }
  }

  @Override
  byte[] chain() {
    return register.clone();
  }

  @Override
  public void close() {
    Arrays.fill(stream, (byte) 0);
    ecb.close();
  }
}
