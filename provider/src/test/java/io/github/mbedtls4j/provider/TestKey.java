package io.github.mbedtls4j.provider;

import java.util.HexFormat;
import javax.crypto.SecretKey;

/** A key of a foreign class, with any name, format and bytes. */
record TestKey(String algorithm, String format, String hex) implements SecretKey {
  private static final long serialVersionUID = 1L;

  @Override
  public String getAlgorithm() {
    return algorithm;
  }

  @Override
  public String getFormat() {
    return format;
  }

  @Override
  public byte[] getEncoded() {
    return hex == null ? null : HexFormat.of().parseHex(hex);
  }
}
