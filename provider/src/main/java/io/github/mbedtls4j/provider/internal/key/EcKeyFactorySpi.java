package io.github.mbedtls4j.provider.internal.key;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/** Keys of the algorithm {@code EC}. */
public final class EcKeyFactorySpi extends KeyFactoryBase {
  @Override
  PublicKey readPublic(KeySpec spec) throws InvalidKeyException {
    if (spec instanceof X509EncodedKeySpec encoded) {
      return EcCodec.readPublic(encoded.getEncoded());
    }
    if (spec instanceof ECPublicKeySpec values) {
      return EcPublic.of(Keys.curve(values.getParams()), values.getW());
    }
    return null;
  }

  @Override
  PrivateKey readPrivate(KeySpec spec) throws InvalidKeyException {
    if (spec instanceof PKCS8EncodedKeySpec encoded) {
      return EcCodec.readPrivate(encoded.getEncoded());
    }
    if (spec instanceof ECPrivateKeySpec values) {
      return EcPrivate.of(Keys.curve(values.getParams()), values.getS());
    }
    return null;
  }

  @Override
  KeySpec values(Key key, Class<?> wanted) {
    if (key instanceof EcPublic k) {
      return wanted.isAssignableFrom(ECPublicKeySpec.class)
          ? new ECPublicKeySpec(k.getW(), k.getParams())
          : null;
    }
    EcPrivate k = (EcPrivate) key;
    return wanted == ECPrivateKeySpec.class ? new ECPrivateKeySpec(k.getS(), k.getParams()) : null;
  }

  @Override
  PublicKey translatePublic(Key key) throws InvalidKeyException {
    return Keys.ecPublic(key);
  }

  @Override
  PrivateKey translatePrivate(Key key) throws InvalidKeyException {
    return Keys.ecPrivate(key);
  }
}
