package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.Arc4Context;
import io.github.mbedtls4j.nativeloader.handle.StreamContext;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;

/** ARCFOUR. Each message starts the key stream anew, as with SunJCE. */
public final class Arc4Spi extends StreamSpi {
  private byte[] key = {};

  /** Null at the start of a message. */
  private Arc4Context context;

  /** A cipher that waits for its key. */
  public Arc4Spi(Provider provider) {
    super(provider, "ECB");
  }

  private static byte[] bytes(Key key) throws InvalidKeyException {
    byte[] bytes = SymmetricKeys.bytes(key, 0);
    String name = key.getAlgorithm();
    if (!"RC4".equals(name) && !"ARCFOUR".equals(name)) {
      throw new InvalidKeyException("Not an ARCFOUR key: " + name);
    }
    if (!"RAW".equals(key.getFormat())) {
      throw new InvalidKeyException("Key encoding format must be RAW");
    }
    if (bytes.length < 5 || bytes.length > 128) {
      throw new InvalidKeyException("Key length must be between 40 and 1024 bit");
    }
    return bytes;
  }

  @Override
  protected int engineGetKeySize(Key given) throws InvalidKeyException {
    byte[] bytes = bytes(given);
    Arrays.fill(bytes, (byte) 0);
    return bytes.length * 8;
  }

  @Override
  protected byte[] engineGetIV() {
    return null;
  }

  @Override
  protected AlgorithmParameters engineGetParameters() {
    return null;
  }

  @Override
  protected void engineInit(int opmode, Key given, SecureRandom random) throws InvalidKeyException {
    byte[] bytes = bytes(given);
    finished();
    Arrays.fill(key, (byte) 0);
    key = bytes;
  }

  @Override
  protected void engineInit(int opmode, Key given, AlgorithmParameters params, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    requireNone(params);
    engineInit(opmode, given, random);
  }

  @Override
  protected void engineInit(
      int opmode, Key given, AlgorithmParameterSpec params, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    requireNone(params);
    engineInit(opmode, given, random);
  }

  private static void requireNone(Object params) throws InvalidAlgorithmParameterException {
    if (params != null) {
      throw new InvalidAlgorithmParameterException("Parameters not supported");
    }
  }

  @Override
  StreamContext stream() {
    if (context == null) {
      context = new Arc4Context(key);
    }
    return context;
  }

  @Override
  void finished() {
    if (context != null) {
      context.close();
      context = null;
    }
  }
}
