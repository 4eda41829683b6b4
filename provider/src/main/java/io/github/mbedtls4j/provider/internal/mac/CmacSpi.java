package io.github.mbedtls4j.provider.internal.mac;

import io.github.mbedtls4j.nativeloader.handle.CipherContext;
import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.MacSpi;
import javax.crypto.SecretKey;

/**
 * CMAC (NIST SP 800-38B), composed over the library's CBC: its own CMAC knows AES and triple DES
 * alone, is missing from many builds, and cannot be cloned.
 */
public final class CmacSpi extends MacSpi implements Cloneable {
  private final CipherKind kind;
  private final int block;

  /** The last block or less of the message, which is special if it stays the last. */
  private final byte[] held;

  private int heldLength;

  /** The CBC ciphertext of the last block that went in. */
  private final byte[] chain;

  /** Takes ciphertext that nobody wants. */
  private byte[] discarded = {};

  // These are null until a key is there.
  private byte[] key;
  private byte[] wholeMask;
  private byte[] partMask;
  private CipherContext cbc;

  /** A MAC that waits for its key. */
  public CmacSpi(CipherKind kind) {
    this.kind = kind;
    block = kind.blockLength();
    held = new byte[block];
    chain = new byte[block];
  }

  @Override
  protected int engineGetMacLength() {
    return block;
  }

  @Override
  protected void engineInit(Key given, AlgorithmParameterSpec params)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    if (params != null) {
      throw new InvalidAlgorithmParameterException("CMAC does not use parameters");
    }
    if (!(given instanceof SecretKey)) {
      throw new InvalidKeyException("Secret key expected");
    }
    byte[] bytes = given.getEncoded();
    if (bytes == null || !kind.takesKeyOf(bytes.length)) {
      throw new InvalidKeyException("Invalid " + kind.standardName() + " key length");
    }
    useKey(bytes);
    byte[] zero = new byte[block];
    cbc.start(zero);
    byte[] subkey = new byte[block];
    cbc.update(zero, 0, block, subkey, 0);
    wholeMask = doubled(subkey);
    partMask = doubled(wholeMask);
    Arrays.fill(subkey, (byte) 0);
    engineReset();
  }

  private void useKey(byte[] bytes) {
    if (cbc != null) {
      cbc.close();
      Arrays.fill(key, (byte) 0);
    }
    key = bytes;
    cbc = new CipherContext(kind, CipherKind.Mode.CBC, bytes, true);
  }

  /** Times x in the field of 2^64 or 2^128 elements, in constant time. */
  private byte[] doubled(byte[] value) {
    byte[] result = new byte[block];
    for (int i = 0; i < block; i++) {
      int next = i + 1 < block ? (value[i + 1] & 0xFF) >>> 7 : 0;
      result[i] = (byte) (value[i] << 1 | next);
    }
    int carry = (value[0] & 0xFF) >>> 7;
    result[block - 1] ^= (byte) (-carry & (block == 16 ? 0x87 : 0x1B));
    return result;
  }

  @Override
  protected void engineUpdate(byte input) {
    engineUpdate(new byte[] {input}, 0, 1);
  }

  @Override
  protected void engineUpdate(byte[] input, int offset, int length) {
    int at = offset;
    int left = length;
    if (left > 0 && heldLength > 0) {
      int fill = Math.min(block - heldLength, left);
      System.arraycopy(input, at, held, heldLength, fill);
      heldLength += fill;
      at += fill;
      left -= fill;
      if (left > 0) {
        absorb(held, 0, block);
        heldLength = 0;
      }
    }
    if (left > 0) {
      int whole = (left - 1) / block * block;
      absorb(input, at, whole);
      heldLength = left - whole;
      System.arraycopy(input, at + whole, held, 0, heldLength);
    }
  }

  private void absorb(byte[] input, int offset, int length) {
    int step = 1 << 14;
    for (int at = 0; at < length; at += step) {
      int size = Math.min(step, length - at);
      if (discarded.length < size) {
        discarded = new byte[size];
      }
      cbc.update(input, offset + at, size, discarded, 0);
      System.arraycopy(discarded, size - block, chain, 0, block);
    }
  }

  @Override
  protected byte[] engineDoFinal() {
    byte[] mask = wholeMask;
    if (heldLength < block) {
      held[heldLength] = (byte) 0x80;
      Arrays.fill(held, heldLength + 1, block, (byte) 0);
      mask = partMask;
    }
    for (int i = 0; i < block; i++) {
      held[i] ^= mask[i];
    }
    absorb(held, 0, block);
    byte[] tag = chain.clone();
    engineReset();
    return tag;
  }

  @Override
  protected void engineReset() {
    Arrays.fill(held, (byte) 0);
    Arrays.fill(chain, (byte) 0);
    heldLength = 0;
    if (cbc != null) {
      cbc.start(chain);
    }
  }

  @Override
  public Object clone() {
    CmacSpi copy = new CmacSpi(kind);
    System.arraycopy(held, 0, copy.held, 0, block);
    System.arraycopy(chain, 0, copy.chain, 0, block);
    copy.heldLength = heldLength;
    if (cbc != null) {
      copy.wholeMask = wholeMask;
      copy.partMask = partMask;
      copy.useKey(key.clone());
      copy.cbc.start(chain);
    }
    return copy;
  }
}
