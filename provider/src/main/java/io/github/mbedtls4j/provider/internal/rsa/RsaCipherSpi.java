package io.github.mbedtls4j.provider.internal.rsa;

import io.github.mbedtls4j.provider.internal.cipher.OwnParameters;
import io.github.mbedtls4j.provider.internal.cipher.UnwrappedKeys;
import io.github.mbedtls4j.provider.internal.key.Keys;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
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
import javax.crypto.spec.OAEPParameterSpec;

/**
 * RSA encryption. The library computes the bare power, blinded; padding is done here, in constant
 * time, since Mbed TLS 2.28 has one hash for OAEP where the JCA has two.
 */
public final class RsaCipherSpi extends CipherSpi {
  private final Provider provider;
  private RsaPaddingKind kind = RsaPaddingKind.PKCS1;
  private OaepSettings oaep = OaepSettings.DEFAULT;

  /** Null until initialised. */
  private RsaOperation operation;

  /** A cipher with PKCS #1 v1.5 padding, unless told otherwise. */
  public RsaCipherSpi(Provider provider) {
    this.provider = provider;
  }

  /** The names of all paddings, as the service attribute lists them. */
  public static String paddings() {
    return OaepSettings.paddings();
  }

  @Override
  protected void engineSetMode(String mode) throws NoSuchAlgorithmException {
    if (!mode.equalsIgnoreCase("ECB")) {
      throw new NoSuchAlgorithmException("Unsupported mode " + mode);
    }
  }

  @Override
  protected void engineSetPadding(String name) throws NoSuchPaddingException {
    kind = RsaPaddingKind.of(name);
    if (kind == RsaPaddingKind.OAEP) {
      oaep = OaepSettings.ofPadding(name);
    }
  }

  @Override
  protected int engineGetBlockSize() {
    return 0;
  }

  @Override
  protected int engineGetOutputSize(int inputLength) {
    return operation.length();
  }

  @Override
  protected byte[] engineGetIV() {
    return null;
  }

  @Override
  protected AlgorithmParameters engineGetParameters() {
    return kind == RsaPaddingKind.OAEP && operation != null
        ? OwnParameters.of(provider, "OAEP", new OaepParametersSpi(), oaep.spec())
        : null;
  }

  @Override
  protected int engineGetKeySize(Key k) throws InvalidKeyException {
    return k instanceof PrivateKey
        ? Keys.rsaPrivate(k).getModulus().bitLength()
        : Keys.rsaPublic(k).getModulus().bitLength();
  }

  @Override
  protected void engineInit(int opmode, Key k, SecureRandom random) throws InvalidKeyException {
    try {
      engineInit(opmode, k, (AlgorithmParameterSpec) null, random);
    } catch (InvalidAlgorithmParameterException e) {
      throw new InvalidKeyException("Wrong parameters", e);
    }
  }

  @Override
  protected void engineInit(int opmode, Key k, AlgorithmParameters params, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    try {
      engineInit(
          opmode,
          k,
          params == null ? null : params.getParameterSpec(OAEPParameterSpec.class),
          random);
    } catch (InvalidParameterSpecException e) {
      throw new InvalidAlgorithmParameterException("Wrong parameter", e);
    }
  }

  @Override
  protected void engineInit(int opmode, Key k, AlgorithmParameterSpec params, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    boolean encrypt = opmode == Cipher.ENCRYPT_MODE || opmode == Cipher.WRAP_MODE;
    RsaOperation.Power power = RsaOperation.power(k);
    boolean signing = power.isPrivate() == encrypt;
    OaepSettings nextOaep = oaep;
    if (kind == RsaPaddingKind.OAEP) {
      if (signing) {
        throw new InvalidKeyException("OAEP cannot be used to sign or verify signatures");
      }
      nextOaep = params == null ? oaep.withoutLabel() : OaepSettings.of(params);
    } else if (params != null) {
      throw new InvalidAlgorithmParameterException("Parameters not supported");
    }
    RsaPadding padding = kind.padding(power.length(), signing, nextOaep);
    if (operation != null) {
      operation.forget();
    }
    operation = new RsaOperation(power, encrypt, padding);
    oaep = nextOaep;
  }

  @Override
  protected byte[] engineUpdate(byte[] input, int offset, int length) {
    operation.append(input, offset, length);
    return new byte[0];
  }

  @Override
  protected int engineUpdate(
      byte[] input, int offset, int length, byte[] output, int outputOffset) {
    operation.append(input, offset, length);
    return 0;
  }

  @Override
  protected byte[] engineDoFinal(byte[] input, int offset, int length)
      throws BadPaddingException, IllegalBlockSizeException {
    operation.append(input, offset, length);
    return operation.finish();
  }

  @Override
  protected int engineDoFinal(byte[] input, int offset, int length, byte[] output, int outputOffset)
      throws ShortBufferException, BadPaddingException, IllegalBlockSizeException {
    if (operation.length() > output.length - outputOffset) {
      throw new ShortBufferException("Need " + operation.length() + " bytes for output");
    }
    operation.append(input, offset, length);
    byte[] result = operation.finish();
    System.arraycopy(result, 0, output, outputOffset, result.length);
    int size = result.length;
    Arrays.fill(result, (byte) 0);
    return size;
  }

  @Override
  protected byte[] engineWrap(Key wrapped) throws InvalidKeyException, IllegalBlockSizeException {
    byte[] encoded = wrapped.getEncoded();
    if (encoded == null || encoded.length == 0) {
      throw new InvalidKeyException("Could not obtain encoded key");
    }
    try {
      if (encoded.length > operation.capacity()) {
        throw new InvalidKeyException("Key is too long for wrapping");
      }
      return engineDoFinal(encoded, 0, encoded.length);
    } catch (BadPaddingException e) {
      throw new InvalidKeyException("Wrapping failed", e);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  @Override
  protected Key engineUnwrap(byte[] wrapped, String algorithm, int type)
      throws InvalidKeyException, NoSuchAlgorithmException {
    if (wrapped.length > operation.capacity()) {
      throw new InvalidKeyException("Key is too long for unwrapping");
    }
    byte[] encoded;
    try {
      encoded = engineDoFinal(wrapped, 0, wrapped.length);
    } catch (BadPaddingException | IllegalBlockSizeException e) {
      throw new InvalidKeyException("Unwrapping failed", e);
    }
    try {
      return UnwrappedKeys.of(provider, encoded, algorithm, type);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }
}
