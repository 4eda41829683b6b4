package io.github.mbedtls4j.provider.internal.rsa;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.nativeloader.handle.Rng;
import java.util.Arrays;
import javax.crypto.BadPaddingException;

/**
 * OAEP (RFC 8017 section 7.1): {@code 00 masked-seed masked(label-hash zeros 01 data)}. Done here
 * since Mbed TLS has one hash for label and mask, where the JCA has two.
 */
final class OaepPadding implements RsaPadding {
  private final int length;
  private final Hash hash;
  private final Hash maskHash;
  private final byte[] labelHash;

  /** For a modulus of so many bytes. */
  OaepPadding(int length, Hash hash, Hash maskHash, byte[] label) {
    this.length = length;
    this.hash = hash;
    this.maskHash = maskHash;
    this.labelHash = hash.digest(label, 0, label.length);
  }

  @Override
  public int maxData() {
    return length - 2 - 2 * hash.length();
  }

  private int blockAt() {
    return 1 + hash.length();
  }

  private int blockLength() {
    return length - blockAt();
  }

  @Override
  public byte[] pad(byte[] data) {
    byte[] number = new byte[length];
    Rng.fill(number, 1, hash.length());
    System.arraycopy(labelHash, 0, number, blockAt(), labelHash.length);
    number[length - data.length - 1] = 1;
    System.arraycopy(data, 0, number, length - data.length, data.length);
    Mgf1.mask(maskHash, number, 1, hash.length(), blockAt(), blockLength());
    Mgf1.mask(maskHash, number, blockAt(), blockLength(), 1, hash.length());
    return number;
  }

  /**
   * Looks at every byte in the same way, whatever it is, and says only that something is wrong:
   * which of the checks failed would give the data away (Manger's attack).
   */
  @Override
  public byte[] unpad(byte[] number) throws BadPaddingException {
    byte[] clear = number.clone();
    Mgf1.mask(maskHash, clear, blockAt(), blockLength(), 1, hash.length());
    Mgf1.mask(maskHash, clear, 1, hash.length(), blockAt(), blockLength());
    int bad = clear[0];
    for (int i = 0; i < labelHash.length; i++) {
      bad |= clear[blockAt() + i] ^ labelHash[i];
    }
    int separator = 0;
    for (int i = blockAt() + labelHash.length; i < length; i++) {
      int octet = clear[i] & 0xFF;
      int notYet = ~(-separator >> 31);
      int isOne = ((octet ^ 1) - 1) >> 31;
      int isZero = (octet - 1) >> 31;
      bad |= notYet & ~isOne & ~isZero;
      separator |= notYet & isOne & i;
    }
    bad |= ~(-separator >> 31);
    byte[] data = Arrays.copyOfRange(clear, separator + 1, length);
    Arrays.fill(clear, (byte) 0);
    if (bad != 0) {
      Arrays.fill(data, (byte) 0);
      throw new BadPaddingException("Padding error in decryption");
    }
    return data;
  }
}
