package io.github.mbedtls4j.provider.internal.mac;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.nativeloader.handle.Hmac;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.MacSpi;
import javax.crypto.SecretKey;

/** HMAC (RFC 2104). */
public final class HmacSpi extends MacSpi implements Cloneable {
  private static final int BUFFER = 256;

  private final Hash hash;

  /** Saves native calls for messages in small parts. */
  private final byte[] buffer = new byte[BUFFER];

  private int buffered;

  /** Null until a key is there. */
  private Hmac hmac;

  /** A MAC that waits for its key. */
  public HmacSpi(Hash hash) {
    this.hash = hash;
  }

  @Override
  protected int engineGetMacLength() {
    return hash.length();
  }

  @Override
  protected void engineInit(Key key, AlgorithmParameterSpec params)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    if (params != null) {
      throw new InvalidAlgorithmParameterException("HMAC does not use parameters");
    }
    if (!(key instanceof SecretKey)) {
      throw new InvalidKeyException("Secret key expected");
    }
    byte[] secret = key.getEncoded();
    if (secret == null) {
      throw new InvalidKeyException("Missing key data");
    }
    try {
      key(secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** Takes the key itself, which stays the caller's to wipe. */
  void key(byte[] secret) {
    if (hmac == null) {
      hmac = new Hmac(hash);
    }
    hmac.key(secret);
    clearBuffer();
  }

  @Override
  protected void engineUpdate(byte input) {
    if (buffered == BUFFER) {
      drain();
    }
    buffer[buffered++] = input;
  }

  @Override
  protected void engineUpdate(byte[] input, int offset, int length) {
    if (length > BUFFER - buffered) {
      drain();
    }
    if (length <= BUFFER - buffered) {
      System.arraycopy(input, offset, buffer, buffered, length);
      buffered += length;
    } else {
      hmac.update(input, offset, length);
    }
  }

  private void drain() {
    hmac.update(buffer, 0, buffered);
    Arrays.fill(buffer, 0, buffered, (byte) 0);
    buffered = 0;
  }

  @Override
  protected byte[] engineDoFinal() {
    drain();
    return hmac.finish();
  }

  @Override
  protected void engineReset() {
    clearBuffer();
    if (hmac != null) {
      hmac.reset();
    }
  }

  private void clearBuffer() {
    Arrays.fill(buffer, 0, buffered, (byte) 0);
    buffered = 0;
  }

  @Override
  public Object clone() {
    HmacSpi copy = new HmacSpi(hash);
    System.arraycopy(buffer, 0, copy.buffer, 0, buffered);
    copy.buffered = buffered;
    if (hmac != null) {
      copy.hmac = hmac.copy();
    }
    return copy;
  }
}
