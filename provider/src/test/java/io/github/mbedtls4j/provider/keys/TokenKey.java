package io.github.mbedtls4j.provider.keys;

import java.security.PrivateKey;

/** A private key that does not leave its token. */
record TokenKey(String algorithm) implements PrivateKey {
  private static final long serialVersionUID = 1L;

  @Override
  public String getAlgorithm() {
    return algorithm;
  }

  @Override
  public String getFormat() {
    return null;
  }

  @Override
  public byte[] getEncoded() {
    return null;
  }
}
