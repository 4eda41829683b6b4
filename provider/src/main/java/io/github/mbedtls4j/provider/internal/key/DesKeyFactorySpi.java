package io.github.mbedtls4j.provider.internal.key;

import java.security.InvalidKeyException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactorySpi;
import javax.crypto.spec.DESKeySpec;
import javax.crypto.spec.DESedeKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Makes keys for DES and triple DES from bytes, with their parity set right. */
public final class DesKeyFactorySpi extends SecretKeyFactorySpi {
  private final boolean triple;
  private final String algorithm;
  private final int length;

  /** A factory for triple DES or DES. */
  public DesKeyFactorySpi(boolean triple) {
    this.triple = triple;
    algorithm = triple ? "DESede" : "DES";
    length = triple ? DESedeKeySpec.DES_EDE_KEY_LEN : DESKeySpec.DES_KEY_LEN;
  }

  @Override
  protected SecretKey engineGenerateSecret(KeySpec spec) throws InvalidKeySpecException {
    byte[] bytes;
    if (triple && spec instanceof DESedeKeySpec des) {
      bytes = des.getKey();
    } else if (!triple && spec instanceof DESKeySpec des) {
      bytes = des.getKey();
    } else if (spec instanceof SecretKeySpec key) {
      bytes = key.getEncoded();
    } else {
      throw new InvalidKeySpecException("Inappropriate key specification");
    }
    return key(bytes);
  }

  private SecretKey key(byte[] given) throws InvalidKeySpecException {
    if (given == null || given.length < length) {
      throw new InvalidKeySpecException("Wrong key size");
    }
    byte[] bytes = Arrays.copyOf(given, length);
    Arrays.fill(given, (byte) 0);
    DesParity.set(bytes);
    try {
      return new SecretKeySpec(bytes, algorithm);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private boolean foreign(SecretKey key) {
    return key == null
        || !algorithm.equalsIgnoreCase(key.getAlgorithm())
        || !"RAW".equalsIgnoreCase(key.getFormat());
  }

  @Override
  protected KeySpec engineGetKeySpec(SecretKey key, Class<?> wanted)
      throws InvalidKeySpecException {
    if (foreign(key)) {
      throw new InvalidKeySpecException("Inappropriate key format/algorithm");
    }
    Class<? extends KeySpec> own = triple ? DESedeKeySpec.class : DESKeySpec.class;
    if (wanted == null || !wanted.isAssignableFrom(own)) {
      throw new InvalidKeySpecException("Inappropriate key specification");
    }
    byte[] bytes = key.getEncoded();
    try {
      return triple ? new DESedeKeySpec(bytes) : new DESKeySpec(bytes);
    } catch (InvalidKeyException e) {
      throw new InvalidKeySpecException("Wrong key size", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  @Override
  protected SecretKey engineTranslateKey(SecretKey key) throws InvalidKeyException {
    if (foreign(key)) {
      throw new InvalidKeyException("Inappropriate key format/algorithm");
    }
    try {
      SecretKey translated = key(key.getEncoded());
      return translated.equals(key) ? key : translated;
    } catch (InvalidKeySpecException e) {
      throw new InvalidKeyException("Cannot translate key", e);
    }
  }
}
