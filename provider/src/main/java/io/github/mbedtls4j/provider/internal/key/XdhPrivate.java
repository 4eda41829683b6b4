package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.Xdh;
import io.github.mbedtls4j.nativeloader.handle.XdhCurve;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.security.KeyRep;
import java.security.interfaces.XECPrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;

/** A private key of X25519 or X448 (RFC 8410): bytes of the curve's length. */
public final class XdhPrivate extends EncodedKey implements XECPrivateKey {
  private static final long serialVersionUID = 1L;

  private final transient XdhCurve curve;
  private final transient byte[] scalar;

  private XdhPrivate(XdhCurve curve, byte[] scalar) {
    super(
        KeyRep.Type.PRIVATE,
        KeyInfo.privateKey(Der.sequence(Der.oid(curve.oid())), Der.octetString(scalar)));
    this.curve = curve;
    this.scalar = scalar;
  }

  static XdhPrivate of(XdhCurve curve, byte[] scalar) throws InvalidKeyException {
    checkLength(curve, scalar);
    return new XdhPrivate(curve, scalar.clone());
  }

  static XdhPrivate read(XdhCurve curve, byte[] encoding) throws InvalidKeyException {
    return KeyInfo.readPrivate(
        encoding,
        curve.oid(),
        (parameters, key) -> {
          if (parameters.rest().length != 0) {
            throw new IOException(curve + " has no parameters");
          }
          DerReader outer = DerReader.of(key);
          byte[] bytes = outer.octetString();
          outer.end();
          return of(curve, bytes);
        });
  }

  static void checkLength(XdhCurve curve, byte[] key) throws InvalidKeyException {
    if (key.length != curve.length()) {
      throw new InvalidKeyException(
          "key length is " + key.length + ", key length must be " + curve.length());
    }
  }

  /** The curve. */
  public XdhCurve curve() {
    return curve;
  }

  /** The public key that belongs to this one. */
  public XdhPublic publicKey() throws InvalidKeyException {
    return XdhPublic.of(curve, Xdh.agree(curve, scalar, curve.basePoint()));
  }

  /** The secret with a key of the same curve. */
  public byte[] agree(XdhPublic peer) {
    return Xdh.agree(curve, scalar, peer.coordinate());
  }

  @Override
  public String getAlgorithm() {
    return "XDH";
  }

  @Override
  public Optional<byte[]> getScalar() {
    return Optional.of(scalar.clone());
  }

  @Override
  public AlgorithmParameterSpec getParams() {
    return XdhCurves.spec(curve);
  }

  @Override
  public String toString() {
    return "MbedTLS " + curve + " private key";
  }
}
