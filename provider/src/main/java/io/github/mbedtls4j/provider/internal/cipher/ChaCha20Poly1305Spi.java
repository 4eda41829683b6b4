package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.ChachaPolyContext;
import io.github.mbedtls4j.nativeloader.handle.Rng;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;

/** ChaCha20-Poly1305 (RFC 8439). */
public final class ChaCha20Poly1305Spi extends AeadSpi {
  static final String NAME = "ChaCha20-Poly1305";

  private final ChaChaKeys keys = new ChaChaKeys();
  private byte[] nonce;
  private ChachaPolyContext context;

  /** A cipher that waits for its key. */
  public ChaCha20Poly1305Spi(Provider provider) {
    super(provider, null, ChaChaKeys.BITS / 8, "None", 1, true);
  }

  @Override
  protected int engineGetBlockSize() {
    return 0;
  }

  @Override
  protected int engineGetKeySize(Key key) {
    return ChaChaKeys.BITS;
  }

  @Override
  protected byte[] engineGetIV() {
    return nonce == null ? null : nonce.clone();
  }

  @Override
  protected AlgorithmParameters engineGetParameters() {
    byte[] value = nonce == null ? Rng.bytes(ChaChaKeys.NONCE) : nonce;
    return OwnParameters.of(
        provider, NAME, new IvParametersSpi(ChaChaKeys.NONCE), new IvParameterSpec(value));
  }

  @Override
  protected void engineInit(int opmode, Key key, SecureRandom random) throws InvalidKeyException {
    ChaChaKeys.requireEncryption(opmode);
    init(opmode, key, randomIv(ChaChaKeys.NONCE, random));
  }

  @Override
  protected void engineInit(int opmode, Key key, AlgorithmParameters params, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    AlgorithmParameterSpec spec = null;
    if (params != null) {
      if (!NAME.equalsIgnoreCase(params.getAlgorithm())) {
        throw new InvalidAlgorithmParameterException(
            "Invalid parameter type: " + params.getAlgorithm());
      }
      try {
        spec = params.getParameterSpec(IvParameterSpec.class);
      } catch (InvalidParameterSpecException e) {
        throw new InvalidAlgorithmParameterException(e);
      }
    }
    engineInit(opmode, key, spec, random);
  }

  @Override
  protected void engineInit(int opmode, Key key, AlgorithmParameterSpec params, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    if (params == null) {
      engineInit(opmode, key, random);
      return;
    }
    if (!(params instanceof IvParameterSpec spec)) {
      throw new InvalidAlgorithmParameterException(NAME + " requires IvParameterSpec");
    }
    byte[] value = spec.getIV();
    if (value.length != ChaChaKeys.NONCE) {
      throw new InvalidAlgorithmParameterException(NAME + " nonce must be 12 bytes in length");
    }
    init(opmode, key, value);
  }

  private void init(int opmode, Key key, byte[] newNonce) throws InvalidKeyException {
    byte[] bytes = keys.take(opmode, key, newNonce);
    try {
      if (context != null) {
        context.close();
      }
      context = new ChachaPolyContext(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
    nonce = newNonce;
    engine.begin(opmode == Cipher.ENCRYPT_MODE, 16);
  }

  /** As SunJCE, of which this is the default of the JCA. */
  @Override
  int roomForUpdate(int inputLength) {
    return engine.finalSize(inputLength);
  }

  /** As SunJCE: nothing leaves the additional data open. */
  @Override
  protected int engineUpdate(ByteBuffer input, ByteBuffer output) throws ShortBufferException {
    return input.hasRemaining() ? super.engineUpdate(input, output) : 0;
  }

  @Override
  public void start(boolean encrypt, byte[] additional, int additionalLength) {
    context.start(encrypt, nonce, additional, additionalLength);
  }

  @Override
  public void transform(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    context.update(source, offset, length, target, targetOffset);
  }

  @Override
  public byte[] finish() {
    return context.finish();
  }
}
