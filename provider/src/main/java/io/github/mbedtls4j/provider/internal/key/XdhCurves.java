package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.XdhCurve;
import java.math.BigInteger;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/** The JCA's view of the Montgomery curves. */
public final class XdhCurves {
  private static final BigInteger P_25519 =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger P_448 =
      BigInteger.ONE
          .shiftLeft(448)
          .subtract(BigInteger.ONE.shiftLeft(224))
          .subtract(BigInteger.ONE);

  private XdhCurves() {}

  /** The curve that parameters name. */
  public static Optional<XdhCurve> of(AlgorithmParameterSpec params) {
    return params instanceof NamedParameterSpec named
        ? Arrays.stream(XdhCurve.values())
            .filter(curve -> curve.supported() && curve.name().equalsIgnoreCase(named.getName()))
            .findAny()
        : Optional.empty();
  }

  static NamedParameterSpec spec(XdhCurve curve) {
    return curve == XdhCurve.X25519 ? NamedParameterSpec.X25519 : NamedParameterSpec.X448;
  }

  static BigInteger prime(XdhCurve curve) {
    return curve == XdhCurve.X25519 ? P_25519 : P_448;
  }

  /** The coordinate in the little-endian form of RFC 7748. */
  static byte[] encode(XdhCurve curve, BigInteger u) {
    return reversed(Unsigned.bytes(u.mod(prime(curve)), curve.length()));
  }

  /** The coordinate of an encoding, without the bits that RFC 7748 section 5 masks. */
  static BigInteger decode(XdhCurve curve, byte[] u) {
    BigInteger all = Unsigned.number(reversed(u));
    return all.testBit(curve.bits()) ? all.clearBit(curve.bits()) : all;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
