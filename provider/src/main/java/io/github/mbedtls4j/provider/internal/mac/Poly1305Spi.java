package io.github.mbedtls4j.provider.internal.mac;

import io.github.mbedtls4j.nativeloader.handle.Poly1305Mac;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.SecretKey;

/** Poly1305 (RFC 8439 section 2.5), with a key for each message. */
public final class Poly1305Spi extends OneTimeMacSpi {
  /** Null before the first, and after a MAC was made with it. */
  private byte[] key;

  /** A MAC that waits for its key. */
  public Poly1305Spi() {
    super("Poly1305 needs another key for each message");
  }

  @Override
  protected int engineGetMacLength() {
    return Poly1305Mac.TAG;
  }

  @Override
  protected void engineInit(Key given, AlgorithmParameterSpec params)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    if (params != null) {
      throw new InvalidAlgorithmParameterException("Poly1305 does not use parameters");
    }
    if (!(given instanceof SecretKey)) {
      throw new InvalidKeyException("Secret key expected");
    }
    byte[] bytes = given.getEncoded();
    if (bytes == null || bytes.length != Poly1305Mac.KEY) {
      throw new InvalidKeyException("Poly1305 takes keys of 256 bits");
    }
    forgetKey();
    key = bytes;
    begin();
  }

  private void forgetKey() {
    if (key != null) {
      Arrays.fill(key, (byte) 0);
      key = null;
    }
  }

  @Override
  byte[] tag(byte[] message, int length) {
    byte[] tag = Poly1305Mac.of(key, message, length);
    forgetKey();
    return tag;
  }

  @Override
  public Object clone() {
    Poly1305Spi copy = new Poly1305Spi();
    copy.copyMessage(this);
    copy.key = key == null ? null : key.clone();
    return copy;
  }
}
