package io.github.mbedtls4j.provider.internal.kdf;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.provider.internal.InputBuffer;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.List;
import javax.crypto.KDFParameters;
import javax.crypto.KDFSpi;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** HKDF through {@code javax.crypto.KDF}. */
public final class HkdfSpi extends KDFSpi {
  private final Hash hash;

  private HkdfSpi(Hash hash, KDFParameters parameters) throws InvalidAlgorithmParameterException {
    super(parameters);
    if (parameters != null) {
      throw new InvalidAlgorithmParameterException("HKDF does not support parameters");
    }
    this.hash = hash;
  }

  /**
   * HKDF over HMAC with {@code hash}.
   *
   * @throws NoSuchAlgorithmException if there are parameters, with the cause that {@code KDF} looks
   *     for
   */
  public static HkdfSpi of(Hash hash, Object parameters) throws NoSuchAlgorithmException {
    try {
      return new HkdfSpi(hash, (KDFParameters) parameters);
    } catch (InvalidAlgorithmParameterException e) {
      throw new NoSuchAlgorithmException(e.getMessage(), e);
    }
  }

  @Override
  protected KDFParameters engineGetParameters() {
    return null;
  }

  @Override
  protected SecretKey engineDeriveKey(String algorithm, AlgorithmParameterSpec spec)
      throws InvalidAlgorithmParameterException, NoSuchAlgorithmException {
    if (algorithm.isEmpty()) {
      throw new NoSuchAlgorithmException("the derived key's algorithm must not be empty");
    }
    byte[] derived = engineDeriveData(spec);
    try {
      return new SecretKeySpec(derived, algorithm);
    } finally {
      Arrays.fill(derived, (byte) 0);
    }
  }

  @Override
  protected byte[] engineDeriveData(AlgorithmParameterSpec spec)
      throws InvalidAlgorithmParameterException {
    if (spec instanceof HKDFParameterSpec.Extract extract) {
      return derive(
          extract.ikms(), extract.salts(), (ikm, salt) -> HkdfCore.extract(hash, salt, ikm));
    }
    if (spec instanceof HKDFParameterSpec.Expand expand) {
      return derive(
          List.of(expand.prk()),
          List.of(),
          (prk, none) -> HkdfCore.expand(hash, prk, expand.info(), expand.length()));
    }
    if (spec instanceof HKDFParameterSpec.ExtractThenExpand both) {
      return derive(
          both.ikms(),
          both.salts(),
          (ikm, salt) -> HkdfCore.derive(hash, ikm, salt, both.info(), both.length()));
    }
    throw new InvalidAlgorithmParameterException("HKDFParameterSpec expected");
  }

  private interface Step {
    byte[] run(byte[] key, byte[] salt) throws InvalidAlgorithmParameterException;
  }

  private static byte[] derive(List<SecretKey> keys, List<SecretKey> salts, Step step)
      throws InvalidAlgorithmParameterException {
    byte[] key = join(keys);
    byte[] salt = {};
    try {
      salt = join(salts);
      return step.run(key, salt);
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(salt, (byte) 0);
    }
  }

  private static byte[] join(List<SecretKey> keys) throws InvalidAlgorithmParameterException {
    InputBuffer joined = new InputBuffer();
    try {
      for (SecretKey key : keys) {
        byte[] bytes = key.getEncoded();
        if (bytes == null || !"RAW".equalsIgnoreCase(key.getFormat())) {
          throw new InvalidAlgorithmParameterException(
              key.getAlgorithm() + " key does not give its bytes");
        }
        joined.append(bytes, 0, bytes.length);
        Arrays.fill(bytes, (byte) 0);
      }
      return Arrays.copyOf(joined.array(), joined.length());
    } finally {
      joined.clear();
    }
  }
}
