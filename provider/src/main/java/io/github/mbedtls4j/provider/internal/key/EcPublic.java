package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.Curve;
import io.github.mbedtls4j.nativeloader.handle.EcGroup;
import io.github.mbedtls4j.nativeloader.handle.MbedTlsException;
import io.github.mbedtls4j.provider.internal.JcaErrors;
import java.security.InvalidKeyException;
import java.security.KeyRep;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;

/** An EC public key, whose point is on its curve. */
public final class EcPublic extends EncodedKey implements ECPublicKey {
  private static final long serialVersionUID = 1L;

  private final transient Curve curve;

  /** The uncompressed point. */
  private final transient byte[] q;

  private EcPublic(Curve curve, byte[] q) {
    super(KeyRep.Type.PUBLIC, EcCodec.encodePublic(curve, q));
    this.curve = curve;
    this.q = q;
  }

  /** A key from an uncompressed point, which is checked. */
  static EcPublic of(Curve curve, byte[] q) throws InvalidKeyException {
    if (q.length != 1 + 2 * curve.fieldLength() || q[0] != 4) {
      throw new InvalidKeyException(
          "EC public key that is not an uncompressed point of " + curve.standardName());
    }
    try {
      EcGroup.checkPublic(curve, q);
    } catch (MbedTlsException e) {
      throw JcaErrors.invalidKey("Point is not on curve " + curve.standardName(), e);
    }
    return new EcPublic(curve, q);
  }

  static EcPublic of(Curve curve, ECPoint w) throws InvalidKeyException {
    return of(
        curve,
        Curves.encode(curve, w)
            .orElseThrow(
                () ->
                    new InvalidKeyException(
                        "Coordinate is no field element of " + curve.standardName())));
  }

  /** The generator's own key needs no check. */
  static EcPublic generated(Curve curve, byte[] q) {
    return new EcPublic(curve, q);
  }

  /** The curve. */
  public Curve curve() {
    return curve;
  }

  /** Verifies an ECDSA signature, whose halves must be in [1, n-1]. */
  public boolean verify(byte[] digest, byte[] r, byte[] s) {
    return EcGroup.verify(curve, q, digest, r, s);
  }

  byte[] point() {
    return q;
  }

  @Override
  public String getAlgorithm() {
    return "EC";
  }

  @Override
  public ECPoint getW() {
    return Curves.decode(q);
  }

  @Override
  public ECParameterSpec getParams() {
    return Curves.spec(curve);
  }

  @Override
  public String toString() {
    ECPoint w = getW();
    return "MbedTLS EC public key, "
        + curve.p().bitLength()
        + " bits\n  public x coord: "
        + w.getAffineX()
        + "\n  public y coord: "
        + w.getAffineY()
        + "\n  parameters: "
        + getParams();
  }
}
