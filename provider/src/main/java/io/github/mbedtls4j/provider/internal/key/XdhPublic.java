package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.XdhCurve;
import java.io.IOException;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyRep;
import java.security.interfaces.XECPublicKey;
import java.security.spec.AlgorithmParameterSpec;

/**
 * A public key of X25519 or X448 (RFC 8410). Any coordinate is one: only agreement finds out that a
 * point has a small order.
 */
public final class XdhPublic extends EncodedKey implements XECPublicKey {
  private static final long serialVersionUID = 1L;

  private final transient XdhCurve curve;
  private final transient BigInteger u;

  private XdhPublic(XdhCurve curve, byte[] encodedU) {
    super(KeyRep.Type.PUBLIC, KeyInfo.publicKey(Der.sequence(Der.oid(curve.oid())), encodedU));
    this.curve = curve;
    this.u = XdhCurves.decode(curve, encodedU);
  }

  static XdhPublic of(XdhCurve curve, BigInteger u) {
    return new XdhPublic(curve, XdhCurves.encode(curve, u));
  }

  /** A key whose encoding stays as it is, even if the coordinate in it is not reduced. */
  static XdhPublic of(XdhCurve curve, byte[] encodedU) throws InvalidKeyException {
    XdhPrivate.checkLength(curve, encodedU);
    return new XdhPublic(curve, encodedU);
  }

  static XdhPublic read(XdhCurve curve, byte[] encoding) throws InvalidKeyException {
    return KeyInfo.readPublic(
        encoding,
        curve.oid(),
        (parameters, key) -> {
          if (parameters.rest().length != 0) {
            throw new IOException(curve + " has no parameters");
          }
          return of(curve, key);
        });
  }

  /** The curve. */
  public XdhCurve curve() {
    return curve;
  }

  /** The reduced coordinate, little-endian. */
  byte[] coordinate() {
    return XdhCurves.encode(curve, u);
  }

  @Override
  public String getAlgorithm() {
    return "XDH";
  }

  @Override
  public BigInteger getU() {
    return u;
  }

  @Override
  public AlgorithmParameterSpec getParams() {
    return XdhCurves.spec(curve);
  }

  @Override
  public String toString() {
    return "MbedTLS " + curve + " public key\n  u: " + u;
  }
}
