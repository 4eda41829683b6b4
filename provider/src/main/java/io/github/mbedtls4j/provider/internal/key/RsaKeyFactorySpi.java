package io.github.mbedtls4j.provider.internal.key;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/** Keys of the algorithm {@code RSA}. */
public final class RsaKeyFactorySpi extends KeyFactoryBase {
  @Override
  PublicKey readPublic(KeySpec spec) throws InvalidKeyException {
    if (spec instanceof X509EncodedKeySpec encoded) {
      return RsaCodec.readPublic(encoded.getEncoded());
    }
    if (spec instanceof RSAPublicKeySpec values) {
      requirePresent(values.getModulus(), values.getPublicExponent());
      return RsaPublic.of(values.getModulus(), values.getPublicExponent());
    }
    return null;
  }

  @Override
  PrivateKey readPrivate(KeySpec spec) throws InvalidKeyException {
    if (spec instanceof PKCS8EncodedKeySpec encoded) {
      return RsaCodec.readPrivate(encoded.getEncoded());
    }
    if (spec instanceof RSAPrivateCrtKeySpec values) {
      BigInteger[] numbers = {
        values.getModulus(),
        values.getPublicExponent(),
        values.getPrivateExponent(),
        values.getPrimeP(),
        values.getPrimeQ(),
        values.getPrimeExponentP(),
        values.getPrimeExponentQ(),
        values.getCrtCoefficient()
      };
      requirePresent((Object[]) numbers);
      return RsaPrivateCrt.of(Arrays.asList(numbers));
    }
    if (spec instanceof RSAPrivateKeySpec values) {
      requirePresent(values.getModulus(), values.getPrivateExponent());
      return RsaPrivate.of(values.getModulus(), values.getPrivateExponent());
    }
    return null;
  }

  @Override
  KeySpec values(Key key, Class<?> wanted) throws InvalidKeySpecException {
    if (key instanceof RsaPublic k) {
      return wanted.isAssignableFrom(RSAPublicKeySpec.class)
          ? new RSAPublicKeySpec(k.getModulus(), k.getPublicExponent())
          : null;
    }
    if (wanted.isAssignableFrom(PKCS8EncodedKeySpec.class)) {
      return null;
    }
    // The JDK gives the CRT numbers also to those who ask for less.
    if (key instanceof RsaPrivateCrt k && wanted.isAssignableFrom(RSAPrivateCrtKeySpec.class)) {
      return new RSAPrivateCrtKeySpec(
          k.getModulus(),
          k.getPublicExponent(),
          k.getPrivateExponent(),
          k.getPrimeP(),
          k.getPrimeQ(),
          k.getPrimeExponentP(),
          k.getPrimeExponentQ(),
          k.getCrtCoefficient());
    }
    if (wanted == RSAPrivateCrtKeySpec.class) {
      throw new InvalidKeySpecException("RSAPrivateCrtKeySpec can only be used with CRT keys");
    }
    RsaPrivate k = (RsaPrivate) key;
    return wanted.isAssignableFrom(RSAPrivateKeySpec.class)
        ? new RSAPrivateKeySpec(k.getModulus(), k.getPrivateExponent())
        : null;
  }

  @Override
  PublicKey translatePublic(Key key) throws InvalidKeyException {
    return Keys.rsaPublic(key);
  }

  @Override
  PrivateKey translatePrivate(Key key) throws InvalidKeyException {
    return Keys.rsaPrivate(key);
  }
}
