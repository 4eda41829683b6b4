package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import io.github.mbedtls4j.nativeloader.handle.Pbkdf2;
import io.github.mbedtls4j.provider.internal.pbe.PbeInput;
import io.github.mbedtls4j.provider.internal.pbe.Pbes2;
import io.github.mbedtls4j.provider.internal.pbe.Pbes2ParametersSpi;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.PBEParameterSpec;

/** PBES2 (RFC 8018, section 6.2): AES-CBC with a key derived from a password by PBKDF2. */
public final class Pbes2CipherSpi extends CipherSpi {
  private final Provider provider;
  private final Pbes2 scheme;
  private final BlockCipherSpi cipher;

  /** Salt, iteration count and IV in use; null before any are. */
  private PBEParameterSpec parameters;

  /** A cipher of one scheme. */
  public Pbes2CipherSpi(Provider provider, Pbes2 scheme) {
    this.provider = provider;
    this.scheme = scheme;
    cipher =
        new BlockCipherSpi(
            provider,
            CipherKind.AES,
            scheme.bits() / Byte.SIZE,
            ModeName.of(ModeName.Family.CBC),
            Padding.PKCS5);
  }

  @Override
  protected void engineSetMode(String mode) throws NoSuchAlgorithmException {
    if (mode != null && !mode.equalsIgnoreCase("CBC")) {
      throw new NoSuchAlgorithmException("Invalid cipher mode: " + mode);
    }
  }

  @Override
  protected void engineSetPadding(String padding) throws NoSuchPaddingException {
    if (padding != null && !padding.equalsIgnoreCase("PKCS5Padding")) {
      throw new NoSuchPaddingException("Invalid padding scheme: " + padding);
    }
  }

  @Override
  protected int engineGetBlockSize() {
    return cipher.engineGetBlockSize();
  }

  @Override
  protected int engineGetOutputSize(int inputLength) {
    return cipher.engineGetOutputSize(inputLength);
  }

  @Override
  protected int engineGetKeySize(Key key) {
    return scheme.bits();
  }

  @Override
  protected byte[] engineGetIV() {
    return cipher.engineGetIV();
  }

  @Override
  protected AlgorithmParameters engineGetParameters() {
    if (parameters == null) {
      parameters = Pbes2Choice.standard();
    }
    return OwnParameters.of(provider, scheme.name(), new Pbes2ParametersSpi(scheme), parameters);
  }

  @Override
  protected void engineInit(int opmode, Key key, SecureRandom random) throws InvalidKeyException {
    try {
      engineInit(opmode, key, (AlgorithmParameterSpec) null, random);
    } catch (InvalidAlgorithmParameterException e) {
      throw new InvalidKeyException("requires PBE parameters", e);
    }
  }

  @Override
  protected void engineInit(int opmode, Key key, AlgorithmParameters params, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    AlgorithmParameterSpec spec = null;
    if (params != null) {
      try {
        spec = params.getParameterSpec(PBEParameterSpec.class);
      } catch (InvalidParameterSpecException e) {
        throw new InvalidAlgorithmParameterException("Wrong parameter type: PBE expected", e);
      }
    }
    engineInit(opmode, key, spec, random);
  }

  @Override
  protected void engineInit(int opmode, Key key, AlgorithmParameterSpec params, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    if (key == null) {
      throw new InvalidKeyException("Null key");
    }
    byte[] password = PbeInput.passwordBytes(key);
    try {
      parameters = null;
      boolean encrypting = opmode == Cipher.ENCRYPT_MODE || opmode == Cipher.WRAP_MODE;
      PBEParameterSpec chosen = Pbes2Choice.of(key, params, encrypting, random);
      byte[] derived =
          Pbkdf2.derive(
              scheme.hash(),
              password,
              chosen.getSalt(),
              chosen.getIterationCount(),
              scheme.bits() / Byte.SIZE);
      try (DerivedKey aes = new DerivedKey(derived, CipherKind.AES.standardName())) {
        cipher.engineInit(opmode, aes, chosen.getParameterSpec(), random);
      }
      parameters = chosen;
    } finally {
      Arrays.fill(password, (byte) 0);
    }
  }

  @Override
  protected byte[] engineUpdate(byte[] input, int offset, int length) {
    return cipher.engineUpdate(input, offset, length);
  }

  @Override
  protected int engineUpdate(byte[] input, int offset, int length, byte[] output, int outputOffset)
      throws ShortBufferException {
    return cipher.engineUpdate(input, offset, length, output, outputOffset);
  }

  @Override
  protected byte[] engineDoFinal(byte[] input, int offset, int length)
      throws IllegalBlockSizeException, BadPaddingException {
    return cipher.engineDoFinal(input, offset, length);
  }

  @Override
  protected int engineDoFinal(byte[] input, int offset, int length, byte[] output, int outputOffset)
      throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
    return cipher.engineDoFinal(input, offset, length, output, outputOffset);
  }

  @Override
  protected byte[] engineWrap(Key key) throws IllegalBlockSizeException, InvalidKeyException {
    return cipher.engineWrap(key);
  }

  @Override
  protected Key engineUnwrap(byte[] wrapped, String algorithm, int type)
      throws InvalidKeyException, NoSuchAlgorithmException {
    return cipher.engineUnwrap(wrapped, algorithm, type);
  }
}
