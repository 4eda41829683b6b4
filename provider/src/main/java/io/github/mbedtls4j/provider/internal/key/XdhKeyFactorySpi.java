package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.XdhCurve;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;

/** Keys of the algorithms {@code XDH}, {@code X25519} and {@code X448}. */
public final class XdhKeyFactorySpi extends KeyFactoryBase {
  private final XdhCurve required;

  /** A factory for one curve, or for any if null. */
  public XdhKeyFactorySpi(XdhCurve required) {
    this.required = required;
  }

  @Override
  PublicKey readPublic(KeySpec spec) throws InvalidKeyException {
    if (spec instanceof X509EncodedKeySpec encoded) {
      return checked(XdhKeys.readPublic(encoded.getEncoded()));
    }
    if (spec instanceof XECPublicKeySpec values) {
      return checked(XdhPublic.of(XdhKeys.curve(values.getParams()), values.getU()));
    }
    return null;
  }

  @Override
  PrivateKey readPrivate(KeySpec spec) throws InvalidKeyException {
    if (spec instanceof PKCS8EncodedKeySpec encoded) {
      return checked(XdhKeys.readPrivate(encoded.getEncoded()));
    }
    if (spec instanceof XECPrivateKeySpec values) {
      return checked(XdhPrivate.of(XdhKeys.curve(values.getParams()), values.getScalar()));
    }
    return null;
  }

  @Override
  KeySpec values(Key key, Class<?> wanted) {
    if (key instanceof XdhPublic k) {
      return wanted == XECPublicKeySpec.class
          ? new XECPublicKeySpec((NamedParameterSpec) k.getParams(), k.getU())
          : null;
    }
    XdhPrivate k = (XdhPrivate) key;
    return wanted == XECPrivateKeySpec.class
        ? new XECPrivateKeySpec(k.getParams(), k.getScalar().orElseThrow())
        : null;
  }

  @Override
  PublicKey translatePublic(Key key) throws InvalidKeyException {
    return checked(XdhKeys.publicKey(key));
  }

  @Override
  PrivateKey translatePrivate(Key key) throws InvalidKeyException {
    return checked(XdhKeys.privateKey(key));
  }

  private XdhPublic checked(XdhPublic key) throws InvalidKeyException {
    XdhKeys.check(required, key.curve());
    return key;
  }

  private XdhPrivate checked(XdhPrivate key) throws InvalidKeyException {
    XdhKeys.check(required, key.curve());
    return key;
  }
}
