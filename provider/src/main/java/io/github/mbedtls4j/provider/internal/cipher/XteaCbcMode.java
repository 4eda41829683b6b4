package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.XteaContext;
import java.util.Arrays;

/** XTEA in CBC mode, by the library's function for it. */
final class XteaCbcMode extends BlockMode {
  private static final int BLOCK = 8;

  private final XteaContext xtea;
  private final byte[] chain = new byte[BLOCK];

  XteaCbcMode(XteaContext xtea) {
    this.xtea = xtea;
  }

  @Override
  void start(byte[] iv) {
    System.arraycopy(iv, 0, chain, 0, BLOCK);
  }

  @Override
  void update(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    xtea.chained(chain, source, offset, length, target, targetOffset);
  }

  @Override
  byte[] chain() {
    return chain.clone();
  }

  @Override
  public void close() {
    Arrays.fill(chain, (byte) 0);
    xtea.close();
  }
}
