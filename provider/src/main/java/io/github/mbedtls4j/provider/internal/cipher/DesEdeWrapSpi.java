package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.CipherContext;
import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.spec.IvParameterSpec;

/** Wrapping and unwrapping of keys with triple DES (RFC 3217). */
public final class DesEdeWrapSpi extends IvCipherSpi {
  private static final int KEY = 24;

  /** Null until initialised. */
  private CipherContext cbc;

  private boolean wraps;

  /** Unwrapping: that of the last key; null before there was one. */
  private byte[] iv;

  /** A cipher that waits for its key. */
  public DesEdeWrapSpi(Provider provider) {
    super(provider, CipherKind.DESEDE, KEY);
  }

  @Override
  protected void engineSetMode(String mode) throws NoSuchAlgorithmException {
    if (!mode.equalsIgnoreCase("CBC")) {
      throw new NoSuchAlgorithmException(mode + " cannot be used");
    }
  }

  @Override
  protected void engineSetPadding(String padding) throws NoSuchPaddingException {
    if (!padding.equalsIgnoreCase("NoPadding")) {
      throw new NoSuchPaddingException(padding + " cannot be used");
    }
  }

  @Override
  protected int engineGetOutputSize(int inputLength) {
    return wraps
        ? Math.addExact(inputLength, DesEdeWrap.EXPANSION)
        : Math.max(inputLength - DesEdeWrap.EXPANSION, 0);
  }

  @Override
  protected byte[] engineGetIV() {
    return iv == null ? null : iv.clone();
  }

  @Override
  protected AlgorithmParameters engineGetParameters() {
    return iv == null
        ? null
        : OwnParameters.of(
            provider,
            kind.standardName(),
            new IvParametersSpi(DesEdeWrap.BLOCK),
            new IvParameterSpec(iv));
  }

  @Override
  protected void engineInit(int opmode, Key key, AlgorithmParameterSpec params, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    if (opmode != Cipher.WRAP_MODE && opmode != Cipher.UNWRAP_MODE) {
      throw new UnsupportedOperationException(
          "This cipher can only be used for key wrapping and unwrapping");
    }
    byte[] bytes = SymmetricKeys.rawBytes(key, 0);
    try {
      SymmetricKeys.check(kind, key, bytes);
      if (bytes.length != KEY) {
        throw new InvalidKeyException("Wrong key size");
      }
      byte[] newIv = opmode == Cipher.WRAP_MODE ? iv(params, random) : none(params);
      if (cbc != null) {
        cbc.close();
      }
      wraps = opmode == Cipher.WRAP_MODE;
      cbc = new CipherContext(kind, CipherKind.Mode.CBC, bytes, wraps);
      iv = newIv;
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static byte[] iv(AlgorithmParameterSpec params, SecureRandom random)
      throws InvalidAlgorithmParameterException {
    if (params == null) {
      return randomIv(DesEdeWrap.BLOCK, random);
    }
    if (!(params instanceof IvParameterSpec spec)) {
      throw new InvalidAlgorithmParameterException("Wrong parameter type: IV expected");
    }
    if (spec.getIV().length != DesEdeWrap.BLOCK) {
      throw new InvalidAlgorithmParameterException("Wrong IV length: must be 8 bytes long");
    }
    return spec.getIV();
  }

  private static byte[] none(AlgorithmParameterSpec params)
      throws InvalidAlgorithmParameterException {
    if (params != null) {
      throw new InvalidAlgorithmParameterException("No parameter accepted for unwrapping keys");
    }
    return null;
  }

  @Override
  protected byte[] engineWrap(Key key) throws IllegalBlockSizeException, InvalidKeyException {
    byte[] encoding = encoding(key);
    try {
      if (encoding.length % DesEdeWrap.BLOCK != 0) {
        throw new IllegalBlockSizeException("the key must be whole blocks of 8 bytes");
      }
      return DesEdeWrap.wrap(cbc, iv, encoding);
    } finally {
      Arrays.fill(encoding, (byte) 0);
    }
  }

  @Override
  protected Key engineUnwrap(byte[] wrapped, String algorithm, int type)
      throws InvalidKeyException, NoSuchAlgorithmException {
    if (wrapped.length <= DesEdeWrap.EXPANSION || wrapped.length % DesEdeWrap.BLOCK != 0) {
      throw new InvalidKeyException("The wrapped key does not have the correct length");
    }
    byte[] found = new byte[DesEdeWrap.BLOCK];
    byte[] key = DesEdeWrap.unwrap(cbc, wrapped, found);
    try {
      if (key.length == 0) {
        throw new InvalidKeyException("Checksum comparison failed");
      }
      iv = found;
      return UnwrappedKeys.of(provider, key, algorithm, type);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static IllegalStateException noData() {
    return new IllegalStateException("Cipher not initialized for encryption/decryption");
  }

  @Override
  protected byte[] engineUpdate(byte[] input, int offset, int length) {
    throw noData();
  }

  @Override
  protected int engineUpdate(
      byte[] input, int offset, int length, byte[] output, int outputOffset) {
    throw noData();
  }

  @Override
  protected byte[] engineDoFinal(byte[] input, int offset, int length) {
    throw noData();
  }

  @Override
  protected int engineDoFinal(
      byte[] input, int offset, int length, byte[] output, int outputOffset) {
    throw noData();
  }
}
