package io.github.mbedtls4j.provider.internal.key;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.spec.DHParameterSpec;
import javax.crypto.spec.DHPrivateKeySpec;
import javax.crypto.spec.DHPublicKeySpec;

/** Keys of the algorithm {@code DiffieHellman}. */
public final class DhKeyFactorySpi extends KeyFactoryBase {
  @Override
  PublicKey readPublic(KeySpec spec) throws InvalidKeyException {
    if (spec instanceof X509EncodedKeySpec encoded) {
      return DhCodec.readPublic(encoded.getEncoded());
    }
    if (spec instanceof DHPublicKeySpec values) {
      requirePresent(values.getP(), values.getG(), values.getY());
      return new DhPublic(new DHParameterSpec(values.getP(), values.getG()), values.getY());
    }
    return null;
  }

  @Override
  PrivateKey readPrivate(KeySpec spec) throws InvalidKeyException {
    if (spec instanceof PKCS8EncodedKeySpec encoded) {
      return DhCodec.readPrivate(encoded.getEncoded());
    }
    if (spec instanceof DHPrivateKeySpec values) {
      requirePresent(values.getP(), values.getG(), values.getX());
      return new DhPrivate(new DHParameterSpec(values.getP(), values.getG()), values.getX());
    }
    return null;
  }

  @Override
  KeySpec values(Key key, Class<?> wanted) {
    if (key instanceof DhPublic k) {
      return wanted.isAssignableFrom(DHPublicKeySpec.class)
          ? new DHPublicKeySpec(k.getY(), k.getParams().getP(), k.getParams().getG())
          : null;
    }
    DhPrivate k = (DhPrivate) key;
    return wanted.isAssignableFrom(DHPrivateKeySpec.class)
        ? new DHPrivateKeySpec(k.getX(), k.getParams().getP(), k.getParams().getG())
        : null;
  }

  @Override
  PublicKey translatePublic(Key key) throws InvalidKeyException {
    return DhKeys.publicKey(key);
  }

  @Override
  PrivateKey translatePrivate(Key key) throws InvalidKeyException {
    return DhKeys.privateKey(key);
  }
}
