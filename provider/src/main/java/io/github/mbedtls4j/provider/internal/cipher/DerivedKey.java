package io.github.mbedtls4j.provider.internal.cipher;

import java.util.Arrays;
import javax.crypto.SecretKey;

/** A key for one {@code init}, overwritten after it: a {@code SecretKeySpec} would stay. */
final class DerivedKey implements SecretKey, AutoCloseable {
  private static final long serialVersionUID = 1L;

  private final String algorithm;
  private final byte[] bytes;

  /** Takes the array over. */
  DerivedKey(byte[] bytes, String algorithm) {
    this.bytes = bytes;
    this.algorithm = algorithm;
  }

  @Override
  public String getAlgorithm() {
    return algorithm;
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  @Override
  public byte[] getEncoded() {
    return bytes.clone();
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }
}
