package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.AesCfb8Context;
import java.util.Arrays;

/** AES with feedback of one byte, by the library's CFB8. */
final class ByteFeedbackMode extends BlockMode {
  private static final int BLOCK = 16;

  private final AesCfb8Context cfb;
  private final boolean output;
  private final boolean decrypting;
  private final byte[] register = new byte[BLOCK];

  ByteFeedbackMode(AesCfb8Context cfb, boolean output, boolean decrypting) {
    this.cfb = cfb;
    this.output = output;
    this.decrypting = decrypting;
  }

  @Override
  void start(byte[] iv) {
    System.arraycopy(iv, 0, register, 0, BLOCK);
  }

  @Override
  void update(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    if (!output) {
      cfb.update(!decrypting, register, source, offset, length, target, targetOffset);
      return;
    }
    // What CFB8 makes of zeros is what it feeds back: the key stream of OFB8.
    byte[] stream = new byte[length];
    cfb.update(true, register, stream, 0, length, stream, 0);
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = (byte) (source[offset + i] ^ stream[i]);
    }
    Arrays.fill(stream, (byte) 0);
  }

  @Override
  byte[] chain() {
    return register.clone();
  }

  @Override
  public void close() {
    Arrays.fill(register, (byte) 0);
    cfb.close();
  }
}
