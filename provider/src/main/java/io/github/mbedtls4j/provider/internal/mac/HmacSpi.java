package io.github.mbedtls4j.provider.internal.mac;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.nativeloader.handle.MdContext;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.MacSpi;
import javax.crypto.SecretKey;

/**
 * HMAC (RFC 2104). The two states that follow the padded key are kept, so that the next message
 * starts with a copy instead of the key, and a clone owes nothing to its original.
 */
public final class HmacSpi extends MacSpi implements Cloneable {
  private static final int BUFFER = 256;
  private static final byte INNER_PAD = 0x36;
  private static final byte OUTER_PAD = 0x5C;

  private final Hash hash;

  /** Saves native calls for messages in small parts. */
  private final byte[] buffer = new byte[BUFFER];

  private int buffered;

  // All three are null until a key is there.
  private MdContext afterInnerKey;
  private MdContext afterOuterKey;
  private MdContext running;

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
    byte[] block = keyBlock(secret);
    try {
      if (running == null) {
        afterInnerKey = new MdContext(hash);
        afterOuterKey = new MdContext(hash);
        running = new MdContext(hash);
      }
      startWith(afterInnerKey, block, INNER_PAD);
      // The same array, from one pad to the other.
      startWith(afterOuterKey, block, (byte) (INNER_PAD ^ OUTER_PAD));
    } finally {
      Arrays.fill(block, (byte) 0);
    }
    engineReset();
  }

  /** The key, digested if it is longer than a block, in the first bytes of a block. */
  private byte[] keyBlock(byte[] secret) {
    byte[] key = secret;
    if (secret.length > hash.blockLength()) {
      key = hash.digest(secret, 0, secret.length);
      Arrays.fill(secret, (byte) 0);
    }
    byte[] block = Arrays.copyOf(key, hash.blockLength());
    Arrays.fill(key, (byte) 0);
    return block;
  }

  private static void startWith(MdContext state, byte[] block, byte pad) {
    for (int i = 0; i < block.length; i++) {
      block[i] ^= pad;
    }
    state.start();
    state.update(block, 0, block.length);
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
      running.update(input, offset, length);
    }
  }

  private void drain() {
    running.update(buffer, 0, buffered);
    Arrays.fill(buffer, 0, buffered, (byte) 0);
    buffered = 0;
  }

  @Override
  protected byte[] engineDoFinal() {
    drain();
    byte[] inner = running.finish();
    running.copyFrom(afterOuterKey);
    running.update(inner, 0, inner.length);
    byte[] mac = running.finish();
    engineReset();
    return mac;
  }

  @Override
  protected void engineReset() {
    Arrays.fill(buffer, 0, buffered, (byte) 0);
    buffered = 0;
    if (running != null) {
      running.copyFrom(afterInnerKey);
    }
  }

  @Override
  public Object clone() {
    HmacSpi copy = new HmacSpi(hash);
    System.arraycopy(buffer, 0, copy.buffer, 0, buffered);
    copy.buffered = buffered;
    if (running != null) {
      copy.afterInnerKey = afterInnerKey.copy();
      copy.afterOuterKey = afterOuterKey.copy();
      copy.running = running.copy();
    }
    return copy;
  }
}
