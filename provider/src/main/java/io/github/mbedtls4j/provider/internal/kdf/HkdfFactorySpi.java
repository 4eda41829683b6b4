package io.github.mbedtls4j.provider.internal.kdf;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.provider.spec.HkdfParameterSpec;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactorySpi;
import javax.crypto.spec.SecretKeySpec;

/** HKDF as a key factory, for JDKs without {@code javax.crypto.KDF}. */
public final class HkdfFactorySpi extends SecretKeyFactorySpi {
  private final Hash hash;

  /** A factory over HMAC with {@code hash}. */
  public HkdfFactorySpi(Hash hash) {
    this.hash = hash;
  }

  @Override
  protected SecretKey engineGenerateSecret(KeySpec spec) throws InvalidKeySpecException {
    if (!(spec instanceof HkdfParameterSpec hkdf)) {
      throw new InvalidKeySpecException("Only HkdfParameterSpec is accepted");
    }
    byte[] input = hkdf.keyMaterial();
    byte[] derived = {};
    try {
      derived =
          switch (hkdf.mode()) {
            case EXTRACT -> HkdfCore.extract(hash, hkdf.salt(), input);
            case EXPAND -> HkdfCore.expand(hash, input, hkdf.info(), hkdf.length());
            case EXTRACT_AND_EXPAND ->
                HkdfCore.derive(hash, input, hkdf.salt(), hkdf.info(), hkdf.length());
          };
      return new SecretKeySpec(derived, hkdf.algorithm());
    } catch (InvalidAlgorithmParameterException e) {
      throw new InvalidKeySpecException(e.getMessage(), e);
    } finally {
      Arrays.fill(input, (byte) 0);
      Arrays.fill(derived, (byte) 0);
    }
  }

  @Override
  protected KeySpec engineGetKeySpec(SecretKey key, Class<?> wanted)
      throws InvalidKeySpecException {
    throw new InvalidKeySpecException("a derived key does not tell what it was derived from");
  }

  @Override
  protected SecretKey engineTranslateKey(SecretKey key) throws InvalidKeyException {
    throw new InvalidKeyException("HKDF derives keys and translates none");
  }
}
