package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import io.github.mbedtls4j.nativeloader.handle.Rng;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.CipherSpi;
import javax.crypto.IllegalBlockSizeException;

/** What the ciphers with secret keys have in common: key sizes, wrapping and unwrapping. */
abstract class SymmetricCipherSpi extends CipherSpi {
  private static final byte[] NOTHING = {};

  final Provider provider;

  /** Null for stream ciphers. */
  final CipherKind kind;

  /** The only key length in bytes; 0 for any that the cipher takes. */
  final int keyLength;

  SymmetricCipherSpi(Provider provider, CipherKind kind, int keyLength) {
    this.provider = provider;
    this.kind = kind;
    this.keyLength = keyLength;
  }

  @Override
  protected int engineGetBlockSize() {
    return kind.blockLength();
  }

  @Override
  protected int engineGetKeySize(Key key) throws InvalidKeyException {
    return SymmetricKeys.bits(kind, key);
  }

  @Override
  protected byte[] engineWrap(Key key) throws IllegalBlockSizeException, InvalidKeyException {
    byte[] encoding = encoding(key);
    try {
      return engineDoFinal(encoding, 0, encoding.length);
    } catch (BadPaddingException e) {
      throw new AssertionError(e); // encryption adds padding
    } finally {
      Arrays.fill(encoding, (byte) 0);
    }
  }

  @Override
  protected Key engineUnwrap(byte[] wrapped, String algorithm, int type)
      throws InvalidKeyException, NoSuchAlgorithmException {
    byte[] encoding;
    try {
      encoding = engineDoFinal(wrapped, 0, wrapped.length);
    } catch (BadPaddingException e) {
      throw new InvalidKeyException("The wrapped key is not padded correctly", e);
    } catch (IllegalBlockSizeException e) {
      throw new InvalidKeyException("The wrapped key does not have the correct length", e);
    }
    try {
      return UnwrappedKeys.of(provider, encoding, algorithm, type);
    } finally {
      Arrays.fill(encoding, (byte) 0);
    }
  }

  /** The bytes of a key to be wrapped, which the caller wipes. */
  static byte[] encoding(Key key) throws InvalidKeyException {
    byte[] encoding = key.getEncoded();
    if (encoding == null || encoding.length == 0) {
      throw new InvalidKeyException("Cannot get an encoding of the key to be wrapped");
    }
    return encoding;
  }

  /** The input of a {@code doFinal}, which the JCA passes on as null if there is none. */
  static byte[] orEmpty(byte[] input) {
    return input == null ? NOTHING : input;
  }

  /** An IV that nobody has chosen. */
  static byte[] randomIv(int length, SecureRandom random) {
    if (random == null) {
      return Rng.bytes(length);
    }
    byte[] iv = new byte[length];
    random.nextBytes(iv);
    return iv;
  }

  /**
   * Whether output written from the start would overwrite input that is still to be read.
   *
   * @param lead how many bytes of output come from earlier input
   */
  static boolean overtakes(
      byte[] input, int offset, int length, byte[] output, int outputOffset, int lead) {
    return input == output && outputOffset + lead > offset && outputOffset < (long) offset + length;
  }
}
