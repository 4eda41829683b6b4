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

/** Keys of the algorithms {@code RSA} and {@code RSASSA-PSS}. */
public final class RsaKeyFactorySpi extends KeyFactoryBase {
  private final boolean pss;

  /** A factory of keys for anything, or for RSASSA-PSS alone. */
  public RsaKeyFactorySpi(boolean pss) {
    this.pss = pss;
  }

  @Override
  PublicKey readPublic(KeySpec spec) throws InvalidKeyException {
    if (spec instanceof X509EncodedKeySpec encoded) {
      return checked(RsaCodec.readPublic(encoded.getEncoded()));
    }
    if (spec instanceof RSAPublicKeySpec values) {
      requirePresent(values.getModulus(), values.getPublicExponent());
      return RsaPublic.of(
          RsaUse.of(pss, values.getParams()), values.getModulus(), values.getPublicExponent());
    }
    return null;
  }

  @Override
  PrivateKey readPrivate(KeySpec spec) throws InvalidKeyException {
    if (spec instanceof PKCS8EncodedKeySpec encoded) {
      return checked(RsaCodec.readPrivate(encoded.getEncoded()));
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
      return RsaPrivateCrt.of(RsaUse.of(pss, values.getParams()), Arrays.asList(numbers));
    }
    if (spec instanceof RSAPrivateKeySpec values) {
      requirePresent(values.getModulus(), values.getPrivateExponent());
      return RsaPrivate.of(
          RsaUse.of(pss, values.getParams()), values.getModulus(), values.getPrivateExponent());
    }
    return null;
  }

  @Override
  KeySpec values(Key key, Class<?> wanted) throws InvalidKeySpecException {
    if (key instanceof RsaPublic k) {
      return wanted.isAssignableFrom(RSAPublicKeySpec.class)
          ? new RSAPublicKeySpec(k.getModulus(), k.getPublicExponent(), k.getParams())
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
          k.getCrtCoefficient(),
          k.getParams());
    }
    if (wanted == RSAPrivateCrtKeySpec.class) {
      throw new InvalidKeySpecException("RSAPrivateCrtKeySpec can only be used with CRT keys");
    }
    RsaPrivate k = (RsaPrivate) key;
    return wanted.isAssignableFrom(RSAPrivateKeySpec.class)
        ? new RSAPrivateKeySpec(k.getModulus(), k.getPrivateExponent(), k.getParams())
        : null;
  }

  @Override
  PublicKey translatePublic(Key key) throws InvalidKeyException {
    return checked(Keys.anyRsaPublic(key));
  }

  @Override
  PrivateKey translatePrivate(Key key) throws InvalidKeyException {
    return checked(Keys.anyRsaPrivate(key));
  }

  private RsaPublic checked(RsaPublic key) throws InvalidKeyException {
    key.use().require(pss);
    return key;
  }

  private RsaPrivate checked(RsaPrivate key) throws InvalidKeyException {
    key.use().require(pss);
    return key;
  }
}
