package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import io.github.mbedtls4j.nativeloader.handle.Rng;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;

/**
 * A block cipher in a mode without authentication. ByteBuffers are served by the superclass, which
 * asks for the room that SunJCE's ciphers ask for.
 */
public final class BlockCipherSpi extends IvCipherSpi {
  private ModeName mode;
  private Padding padding;
  private byte[] iv;

  /** Null until initialised. */
  private BlockEngine engine;

  /** A cipher in ECB mode with PKCS #5 padding, unless told otherwise. */
  public BlockCipherSpi(Provider provider, CipherKind kind) {
    this(provider, kind, 0, ModeName.of(ModeName.Family.ECB), Padding.PKCS5);
  }

  /** A cipher with a fixed key length (in bytes; 0 for any), mode and padding. */
  public BlockCipherSpi(
      Provider provider, CipherKind kind, int keyLength, ModeName mode, Padding padding) {
    super(provider, kind, keyLength);
    this.mode = mode;
    this.padding = padding;
  }

  @Override
  protected void engineSetMode(String name) throws NoSuchAlgorithmException {
    mode = ModeName.of(name, kind.blockLength());
  }

  @Override
  protected void engineSetPadding(String name) throws NoSuchPaddingException {
    Padding named = Padding.of(name);
    if (mode.refusesPadding() && named != Padding.NONE) {
      throw new NoSuchPaddingException(mode + " mode must be used with NoPadding");
    }
    padding = named;
  }

  @Override
  protected byte[] engineGetIV() {
    return iv == null ? null : iv.clone();
  }

  @Override
  protected AlgorithmParameters engineGetParameters() {
    if (mode.family() == ModeName.Family.ECB) {
      return null;
    }
    byte[] value = iv == null ? Rng.bytes(kind.blockLength()) : iv;
    return OwnParameters.of(
        provider,
        kind.standardName(),
        new IvParametersSpi(kind.blockLength()),
        new IvParameterSpec(value));
  }

  @Override
  protected void engineInit(int opmode, Key key, AlgorithmParameterSpec params, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    byte[] bytes = SymmetricKeys.rawBytes(key, keyLength);
    try {
      boolean decrypting = opmode == Cipher.DECRYPT_MODE || opmode == Cipher.UNWRAP_MODE;
      byte[] newIv =
          mode.family() == ModeName.Family.ECB ? noIv(params) : iv(params, decrypting, random);
      SymmetricKeys.check(kind, key, bytes);
      if (engine != null) {
        engine.close();
      }
      engine = new BlockEngine(kind, mode, padding, decrypting, bytes, newIv);
      iv = newIv;
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private byte[] noIv(AlgorithmParameterSpec params) throws InvalidAlgorithmParameterException {
    if (params != null) {
      ivOf(params);
      throw new InvalidAlgorithmParameterException("ECB mode cannot use IV");
    }
    return null;
  }

  private byte[] iv(AlgorithmParameterSpec params, boolean decrypting, SecureRandom random)
      throws InvalidAlgorithmParameterException {
    if (params != null) {
      return ivOf(params);
    }
    if (decrypting) {
      throw new InvalidAlgorithmParameterException("Parameters missing");
    }
    return randomIv(kind.blockLength(), random);
  }

  private byte[] ivOf(AlgorithmParameterSpec params) throws InvalidAlgorithmParameterException {
    if (!(params instanceof IvParameterSpec spec)) {
      throw new InvalidAlgorithmParameterException("Unsupported parameter: " + params);
    }
    byte[] value = spec.getIV();
    if (value == null || value.length != kind.blockLength()) {
      throw new InvalidAlgorithmParameterException(
          "Wrong IV length: must be " + kind.blockLength() + " bytes long");
    }
    return value;
  }

  @Override
  protected int engineGetOutputSize(int inputLength) {
    return engine.outputSize(inputLength);
  }

  @Override
  protected byte[] engineUpdate(byte[] input, int offset, int length) {
    byte[] output = new byte[engine.updateSize(length)];
    try {
      engine.update(input, offset, length, output, 0);
      return output;
    } catch (ShortBufferException e) {
      throw new ProviderException("the output size was estimated too small", e);
    }
  }

  @Override
  protected int engineUpdate(byte[] input, int offset, int length, byte[] output, int outputOffset)
      throws ShortBufferException {
    return engine.update(input, offset, length, output, outputOffset);
  }

  @Override
  protected byte[] engineDoFinal(byte[] input, int offset, int length)
      throws IllegalBlockSizeException, BadPaddingException {
    try {
      return engine.finish(orEmpty(input), offset, length);
    } catch (ShortBufferException e) {
      throw new ProviderException("the output size was estimated too small", e);
    }
  }

  @Override
  protected int engineDoFinal(byte[] input, int offset, int length, byte[] output, int outputOffset)
      throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
    return engine.finish(orEmpty(input), offset, length, output, outputOffset);
  }
}
