package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.XdhCurve;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;

/** Turns keys of any provider into ours, as {@link Keys} does. */
public final class XdhKeys {
  private XdhKeys() {}

  /** Our form of a public key. */
  public static XdhPublic publicKey(Key key) throws InvalidKeyException {
    return key instanceof XdhPublic ours
        ? ours
        : Keys.translate(key, "XDH public key", () -> translatePublic(key));
  }

  private static XdhPublic translatePublic(Key key) throws InvalidKeyException {
    if (key instanceof XECPublicKey values && values.getU() != null) {
      return XdhPublic.of(curve(values.getParams()), values.getU());
    }
    return readPublic(Keys.encoding(key, PublicKey.class, "X.509"));
  }

  /** Our form of a private key. */
  public static XdhPrivate privateKey(Key key) throws InvalidKeyException {
    return key instanceof XdhPrivate ours
        ? ours
        : Keys.translate(key, "XDH private key", () -> translatePrivate(key));
  }

  private static XdhPrivate translatePrivate(Key key) throws InvalidKeyException {
    if (key instanceof XECPrivateKey values && values.getScalar().isPresent()) {
      byte[] scalar = values.getScalar().get();
      try {
        return XdhPrivate.of(curve(values.getParams()), scalar);
      } finally {
        Arrays.fill(scalar, (byte) 0);
      }
    }
    return readPrivate(Keys.encoding(key, PrivateKey.class, "PKCS#8"));
  }

  static XdhPublic readPublic(byte[] encoding) throws InvalidKeyException {
    return XdhPublic.read(curve(KeyInfo.publicAlgorithm(encoding)), encoding);
  }

  static XdhPrivate readPrivate(byte[] encoding) throws InvalidKeyException {
    return XdhPrivate.read(curve(KeyInfo.privateAlgorithm(encoding)), encoding);
  }

  static XdhCurve curve(AlgorithmParameterSpec params) throws InvalidKeyException {
    return XdhCurves.of(params)
        .orElseThrow(() -> new InvalidKeyException("Unsupported parameters: " + params));
  }

  private static XdhCurve curve(String oid) throws InvalidKeyException {
    return Arrays.stream(XdhCurve.values())
        .filter(curve -> curve.supported() && curve.oid().equals(oid))
        .findAny()
        .orElseThrow(() -> new InvalidKeyException("Key of algorithm " + oid + ", expected XDH"));
  }

  /** Refuses a key of another curve than the algorithm's name says; null says nothing. */
  public static void check(XdhCurve required, XdhCurve actual) throws InvalidKeyException {
    if (required != null && required != actual) {
      throw new InvalidKeyException("Parameters must be " + required);
    }
  }
}
