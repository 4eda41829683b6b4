package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.Chacha20Context;
import io.github.mbedtls4j.nativeloader.handle.StreamContext;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.spec.ChaCha20ParameterSpec;

/** ChaCha20 (RFC 8439) without authentication. */
public final class ChaCha20Spi extends StreamSpi {
  /** What SunJCE starts with if it chooses the nonce. */
  private static final int FIRST_COUNTER = 1;

  private final ChaChaKeys keys = new ChaChaKeys();
  private byte[] nonce;
  private Chacha20Context context;

  /** One message for each key and nonce. */
  private boolean spent;

  /** A cipher that waits for its key. */
  public ChaCha20Spi(Provider provider) {
    super(provider, "None");
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
    return null;
  }

  @Override
  protected void engineInit(int opmode, Key key, SecureRandom random) throws InvalidKeyException {
    ChaChaKeys.requireEncryption(opmode);
    init(opmode, key, randomIv(ChaChaKeys.NONCE, random), FIRST_COUNTER);
  }

  @Override
  protected void engineInit(int opmode, Key key, AlgorithmParameters params, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    if (params != null) {
      throw new InvalidAlgorithmParameterException("AlgorithmParameters not supported");
    }
    engineInit(opmode, key, random);
  }

  @Override
  protected void engineInit(int opmode, Key key, AlgorithmParameterSpec params, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    if (params == null) {
      engineInit(opmode, key, random);
    } else if (params instanceof ChaCha20ParameterSpec spec) {
      init(opmode, key, spec.getNonce(), spec.getCounter());
    } else {
      throw new InvalidAlgorithmParameterException(
          "ChaCha20 algorithm requires ChaCha20ParameterSpec");
    }
  }

  private void init(int opmode, Key key, byte[] newNonce, int counter) throws InvalidKeyException {
    byte[] bytes = keys.take(opmode, key, newNonce);
    try {
      if (context != null) {
        context.close();
      }
      context = new Chacha20Context(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
    context.start(newNonce, counter);
    nonce = newNonce;
    spent = false;
  }

  /** As SunJCE, whose cipher is also the one with authentication. */
  @Override
  protected void engineUpdateAAD(byte[] source, int offset, int length) {
    throw new IllegalStateException("ChaCha20 does not take additional data");
  }

  @Override
  protected void engineUpdateAAD(ByteBuffer source) {
    throw new IllegalStateException("ChaCha20 does not take additional data");
  }

  @Override
  StreamContext stream() {
    if (spent) {
      throw new IllegalStateException("Must use either a different key or iv.");
    }
    return context;
  }

  @Override
  void finished() {
    spent = true;
  }
}
