package io.github.mbedtls4j.provider.internal.mac;

import io.github.mbedtls4j.nativeloader.handle.Poly1305Mac;
import io.github.mbedtls4j.provider.internal.InputBuffer;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.MacSpi;
import javax.crypto.SecretKey;

/** Poly1305 (RFC 8439 section 2.5), with a key for each message. */
public final class Poly1305Spi extends MacSpi implements Cloneable {
  private final InputBuffer message = new InputBuffer();

  /** Null before the first, and after a MAC was made with it: a second one would give it away. */
  private byte[] key;

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
    message.clear();
  }

  private void forgetKey() {
    if (key != null) {
      Arrays.fill(key, (byte) 0);
      key = null;
    }
  }

  private void requireKey() {
    if (key == null) {
      throw new IllegalStateException("Poly1305 needs another key for each message");
    }
  }

  @Override
  protected void engineUpdate(byte input) {
    requireKey();
    message.append(new byte[] {input}, 0, 1);
  }

  @Override
  protected void engineUpdate(byte[] input, int offset, int length) {
    requireKey();
    message.append(input, offset, length);
  }

  @Override
  protected byte[] engineDoFinal() {
    requireKey();
    byte[] tag = Poly1305Mac.of(key, message.array(), message.length());
    forgetKey();
    message.clear();
    return tag;
  }

  @Override
  protected void engineReset() {
    message.clear();
  }

  @Override
  public Object clone() {
    Poly1305Spi copy = new Poly1305Spi();
    copy.message.append(message.array(), 0, message.length());
    copy.key = key == null ? null : key.clone();
    return copy;
  }
}
