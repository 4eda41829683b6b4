package io.github.mbedtls4j.provider.internal.kdf;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import java.security.InvalidKeyException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactorySpi;
import javax.crypto.interfaces.PBEKey;
import javax.crypto.spec.PBEKeySpec;

/** PBKDF2 (RFC 8018) of passwords in UTF-8. */
public final class Pbkdf2FactorySpi extends SecretKeyFactorySpi {
  private final String algorithm;
  private final Hash hash;

  /** A factory of keys for {@code algorithm}, the service's name. */
  public Pbkdf2FactorySpi(String algorithm, Hash hash) {
    this.algorithm = algorithm;
    this.hash = hash;
  }

  @Override
  protected SecretKey engineGenerateSecret(KeySpec spec) throws InvalidKeySpecException {
    if (!(spec instanceof PBEKeySpec pbe)) {
      throw new InvalidKeySpecException("Only PBEKeySpec is accepted");
    }
    return new Pbkdf2Key(algorithm, hash, pbe);
  }

  @Override
  protected KeySpec engineGetKeySpec(SecretKey key, Class<?> wanted)
      throws InvalidKeySpecException {
    if (!(key instanceof PBEKey pbe)) {
      throw new InvalidKeySpecException("Only PBEKey is accepted");
    }
    if (wanted == null || !wanted.isAssignableFrom(PBEKeySpec.class)) {
      throw new InvalidKeySpecException("Only PBEKeySpec is accepted");
    }
    return spec(pbe);
  }

  private static PBEKeySpec spec(PBEKey key) throws InvalidKeySpecException {
    byte[] encoded = key.getEncoded();
    byte[] salt = key.getSalt();
    // The specification would refuse them with an unchecked exception.
    if (encoded == null
        || encoded.length == 0
        || salt == null
        || salt.length == 0
        || key.getIterationCount() <= 0) {
      throw new InvalidKeySpecException("Invalid key component(s)");
    }
    char[] password = key.getPassword();
    try {
      return new PBEKeySpec(password, salt, key.getIterationCount(), encoded.length * Byte.SIZE);
    } finally {
      Arrays.fill(encoded, (byte) 0);
      if (password != null) {
        Arrays.fill(password, '\0');
      }
    }
  }

  @Override
  protected SecretKey engineTranslateKey(SecretKey key) throws InvalidKeyException {
    if (key == null
        || !algorithm.equalsIgnoreCase(key.getAlgorithm())
        || !"RAW".equalsIgnoreCase(key.getFormat())) {
      throw new InvalidKeyException("Only " + algorithm + " key with RAW format is accepted");
    }
    if (key instanceof Pbkdf2Key) {
      return key;
    }
    if (!(key instanceof PBEKey pbe)) {
      throw new InvalidKeyException("Only PBEKey is accepted");
    }
    PBEKeySpec spec = null;
    try {
      spec = spec(pbe);
      return new Pbkdf2Key(algorithm, hash, spec);
    } catch (InvalidKeySpecException e) {
      throw new InvalidKeyException("Invalid key component(s)", e);
    } finally {
      if (spec != null) {
        spec.clearPassword();
      }
    }
  }
}
