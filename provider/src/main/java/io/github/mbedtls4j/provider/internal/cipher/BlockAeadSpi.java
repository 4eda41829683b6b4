package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import io.github.mbedtls4j.nativeloader.handle.NativeHandle;
import io.github.mbedtls4j.nativeloader.handle.Rng;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * GCM and CCM: what takes {@link GCMParameterSpec} and refuses to encrypt twice with one key and
 * IV.
 *
 * @param <C> the native context
 */
abstract class BlockAeadSpi<C extends NativeHandle> extends AeadSpi {
  private static final int DEFAULT_IV = 12;
  private static final int DEFAULT_TAG_BITS = 128;

  private final String mode;
  byte[] iv;

  /** Null until initialised; it holds {@link #key}. */
  C context;

  private byte[] key = {};

  /** Key and IV of the last encryption. */
  private byte[] usedKey = {};

  private byte[] usedIv = {};

  BlockAeadSpi(Provider provider, CipherKind kind, int keyLength, String mode, int unit) {
    super(provider, kind, keyLength, mode, unit, false);
    this.mode = mode;
  }

  /** Refuses IVs and tags, in bytes, that the mode does not have. */
  abstract void check(int ivLength, int tagBits) throws InvalidAlgorithmParameterException;

  abstract C context(byte[] newKey);

  abstract GcmParametersSpi parametersSpi();

  @Override
  protected byte[] engineGetIV() {
    return iv == null ? null : iv.clone();
  }

  @Override
  protected AlgorithmParameters engineGetParameters() {
    byte[] value = iv == null ? Rng.bytes(DEFAULT_IV) : iv;
    return OwnParameters.of(
        provider, mode, parametersSpi(), new GCMParameterSpec(engine.tagLength() * 8, value));
  }

  @Override
  protected void engineInit(int opmode, Key newKey, SecureRandom random)
      throws InvalidKeyException {
    if (!encrypts(opmode)) {
      throw new InvalidKeyException("No GCMParameterSpec specified");
    }
    try {
      engineInit(opmode, newKey, (AlgorithmParameterSpec) null, random);
    } catch (InvalidAlgorithmParameterException e) {
      throw new InvalidKeyException(e.getMessage(), e);
    }
  }

  @Override
  protected void engineInit(int opmode, Key newKey, AlgorithmParameters params, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    GCMParameterSpec spec = null;
    if (params != null) {
      try {
        spec = params.getParameterSpec(GCMParameterSpec.class);
      } catch (InvalidParameterSpecException e) {
        throw new InvalidAlgorithmParameterException(e);
      }
    }
    engineInit(opmode, newKey, spec, random);
  }

  @Override
  protected void engineInit(
      int opmode, Key newKey, AlgorithmParameterSpec params, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    int tagBits = DEFAULT_TAG_BITS;
    if (params == null) {
      // As SunJCE, for decryption too, where it can only fail later.
      iv = randomIv(DEFAULT_IV, random);
    } else if (params instanceof GCMParameterSpec spec) {
      tagBits = spec.getTLen();
      check(spec.getIV().length, tagBits);
      iv = spec.getIV();
    } else {
      throw new InvalidAlgorithmParameterException(
          "AlgorithmParameterSpec not of GCMParameterSpec");
    }
    byte[] bytes = SymmetricKeys.bytes(newKey, keyLength);
    try {
      setKey(encrypts(opmode), newKey, bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
    engine.begin(encrypts(opmode), tagBits / 8);
  }

  private static boolean encrypts(int opmode) {
    return opmode == Cipher.ENCRYPT_MODE || opmode == Cipher.WRAP_MODE;
  }

  private void setKey(boolean encrypt, Key newKey, byte[] bytes)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    if (encrypt && MessageDigest.isEqual(bytes, usedKey) && MessageDigest.isEqual(iv, usedIv)) {
      throw new InvalidAlgorithmParameterException("Cannot reuse iv for " + mode + " encryption");
    }
    if (encrypt) {
      usedKey = replace(usedKey, bytes);
      usedIv = iv;
    }
    SymmetricKeys.check(kind, newKey, bytes);
    if (context == null || !MessageDigest.isEqual(bytes, key)) {
      if (context != null) {
        context.close();
      }
      context = context(bytes);
      key = replace(key, bytes);
    }
  }

  private static byte[] replace(byte[] old, byte[] bytes) {
    Arrays.fill(old, (byte) 0);
    return bytes.clone();
  }
}
