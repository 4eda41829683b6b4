package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.Curve;
import io.github.mbedtls4j.nativeloader.handle.EcGroup;
import io.github.mbedtls4j.nativeloader.handle.Hash;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyRep;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECParameterSpec;

/** An EC private key, whose value is in [1, n-1]. */
public final class EcPrivate extends EncodedKey implements ECPrivateKey {
  private static final long serialVersionUID = 1L;

  private final transient Curve curve;

  /** As long as the order of the curve. */
  private final transient byte[] d;

  private EcPrivate(Curve curve, byte[] d) {
    super(KeyRep.Type.PRIVATE, EcCodec.encodePrivate(curve, d));
    this.curve = curve;
    this.d = d;
  }

  static EcPrivate of(Curve curve, BigInteger s) throws InvalidKeyException {
    if (s.signum() <= 0 || s.compareTo(curve.n()) >= 0) {
      throw new InvalidKeyException(
          "EC private key that is not between 0 and the order of " + curve.standardName());
    }
    return new EcPrivate(curve, Unsigned.bytes(s, curve.orderLength()));
  }

  /** The generator's own key needs no check. */
  static EcPrivate generated(Curve curve, byte[] d) {
    return new EcPrivate(curve, d);
  }

  /** The curve. */
  public Curve curve() {
    return curve;
  }

  /** The public key that belongs to this one. */
  public EcPublic publicKey() {
    byte[] generator = Curves.encode(curve, getParams().getGenerator()).orElseThrow();
    return EcPublic.generated(curve, EcGroup.multiply(curve, d, generator));
  }

  /** The private value, as long as the order of the curve; the caller wipes it. */
  byte[] value() {
    return d.clone();
  }

  /** Signs with deterministic ECDSA: r and s, each as long as the order of the curve. */
  public byte[] sign(Hash hash, byte[] digest) {
    return EcGroup.sign(curve, d, hash, digest);
  }

  /** The ECDH secret with a key of the same curve, as long as a field element. */
  public byte[] agree(EcPublic peer) {
    return EcGroup.sharedSecret(curve, d, peer.point());
  }

  @Override
  public String getAlgorithm() {
    return "EC";
  }

  @Override
  public BigInteger getS() {
    return Unsigned.number(d);
  }

  @Override
  public ECParameterSpec getParams() {
    return Curves.spec(curve);
  }

  @Override
  public String toString() {
    return "MbedTLS EC private key, " + curve.standardName();
  }
}
