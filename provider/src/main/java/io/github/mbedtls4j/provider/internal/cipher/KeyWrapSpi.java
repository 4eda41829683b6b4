package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.CipherContext;
import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import io.github.mbedtls4j.provider.internal.InputBuffer;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;

/** Key wrapping (NIST SP 800-38F), which also encrypts and decrypts data as a whole. */
public final class KeyWrapSpi extends IvCipherSpi {
  private final KeyWrapFormat format;
  private final InputBuffer pending = new InputBuffer();
  private byte[] iv;
  private int opmode;

  /** Null until initialised. */
  private CipherContext ecb;

  /** A cipher for keys of one length in bytes; 0 for any that the cipher takes. */
  public KeyWrapSpi(Provider provider, CipherKind kind, int keyLength, KeyWrapFormat format) {
    super(provider, kind, keyLength);
    this.format = format;
  }

  @Override
  protected void engineSetMode(String name) throws NoSuchAlgorithmException {
    if (!name.equalsIgnoreCase(format.mode())) {
      throw new NoSuchAlgorithmException("Mode must be " + format.mode());
    }
  }

  @Override
  protected void engineSetPadding(String name) throws NoSuchPaddingException {
    if (!name.equalsIgnoreCase(format.padding())) {
      throw new NoSuchPaddingException("Padding must be " + format.padding());
    }
  }

  @Override
  protected int engineGetBlockSize() {
    return KeyWrapFormat.block();
  }

  @Override
  protected byte[] engineGetIV() {
    return iv == null ? null : iv.clone();
  }

  @Override
  protected AlgorithmParameters engineGetParameters() {
    byte[] value = iv == null ? format.defaultIv() : iv;
    return OwnParameters.of(
        provider,
        kind.standardName(),
        new IvParametersSpi(value.length),
        new IvParameterSpec(value));
  }

  @Override
  protected void engineInit(int mode, Key key, AlgorithmParameterSpec params, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    byte[] value = format.defaultIv();
    if (params != null) {
      if (!(params instanceof IvParameterSpec spec)) {
        throw new InvalidAlgorithmParameterException("Only IvParameterSpec is accepted");
      }
      if (!format.takesIv(spec.getIV())) {
        throw new InvalidAlgorithmParameterException("Invalid IV");
      }
      value = spec.getIV();
    }
    init(mode, key, value);
  }

  private void init(int mode, Key key, byte[] newIv) throws InvalidKeyException {
    byte[] bytes = SymmetricKeys.bytes(key, keyLength);
    try {
      SymmetricKeys.check(kind, key, bytes);
      if (ecb != null) {
        ecb.close();
      }
      boolean wraps = mode == Cipher.ENCRYPT_MODE || mode == Cipher.WRAP_MODE;
      ecb = new CipherContext(kind, CipherKind.Mode.ECB, bytes, wraps);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
    opmode = mode;
    iv = newIv;
    pending.clear();
  }

  @Override
  protected int engineGetOutputSize(int inputLength) {
    int total = Math.addExact(pending.length(), inputLength);
    return opmode == Cipher.ENCRYPT_MODE || opmode == Cipher.WRAP_MODE
        ? format.wrappedLength(total)
        : Math.max(total - KeyWrap.SEMIBLOCK, 0);
  }

  private void requireData() {
    if (opmode != Cipher.ENCRYPT_MODE && opmode != Cipher.DECRYPT_MODE) {
      throw new IllegalStateException("Cipher not initialized for encryption/decryption");
    }
  }

  @Override
  protected byte[] engineUpdate(byte[] input, int offset, int length) {
    requireData();
    pending.append(input, offset, length);
    return null;
  }

  @Override
  protected int engineUpdate(
      byte[] input, int offset, int length, byte[] output, int outputOffset) {
    engineUpdate(input, offset, length);
    return 0;
  }

  @Override
  protected byte[] engineDoFinal(byte[] input, int offset, int length)
      throws IllegalBlockSizeException, BadPaddingException {
    requireData();
    pending.append(orEmpty(input), offset, length);
    try {
      return opmode == Cipher.ENCRYPT_MODE
          ? wrapped(pending.array(), pending.length())
          : unwrapped(pending.array(), pending.length());
    } finally {
      pending.clear();
    }
  }

  @Override
  protected int engineDoFinal(byte[] input, int offset, int length, byte[] output, int outputOffset)
      throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
    int size = engineGetOutputSize(length);
    if (output.length - outputOffset < size) {
      throw new ShortBufferException("Need at least " + size);
    }
    byte[] result = engineDoFinal(input, offset, length);
    System.arraycopy(result, 0, output, outputOffset, result.length);
    if (opmode == Cipher.DECRYPT_MODE) {
      Arrays.fill(result, (byte) 0);
    }
    return result.length;
  }

  private byte[] wrapped(byte[] data, int length) throws IllegalBlockSizeException {
    byte[] joined = format.join(iv, data, length);
    KeyWrap.wrap(ecb, joined);
    return joined;
  }

  private byte[] unwrapped(byte[] data, int length)
      throws IllegalBlockSizeException, BadPaddingException {
    format.checkWrapped(length);
    byte[] joined = Arrays.copyOf(data, length);
    try {
      KeyWrap.unwrap(ecb, joined);
      return format.split(iv, joined);
    } finally {
      Arrays.fill(joined, (byte) 0);
    }
  }

  @Override
  protected byte[] engineWrap(Key key) throws IllegalBlockSizeException, InvalidKeyException {
    byte[] encoding = encoding(key);
    try {
      return wrapped(encoding, encoding.length);
    } finally {
      Arrays.fill(encoding, (byte) 0);
    }
  }

  @Override
  protected Key engineUnwrap(byte[] wrappedKey, String algorithm, int type)
      throws InvalidKeyException, NoSuchAlgorithmException {
    byte[] encoding;
    try {
      encoding = unwrapped(wrappedKey, wrappedKey.length);
    } catch (IllegalBlockSizeException | BadPaddingException e) {
      throw new InvalidKeyException(e);
    }
    try {
      return UnwrappedKeys.of(provider, encoding, algorithm, type);
    } finally {
      Arrays.fill(encoding, (byte) 0);
    }
  }
}
