package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.Curve;
import java.math.BigInteger;
import java.security.spec.ECField;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The curves of the loaded library as JCA domain parameters, by name, size and value. */
public final class Curves {
  /** Domain parameters that say their name, as the JDK's do. */
  private static final class Named extends ECParameterSpec {
    private final Curve curve;

    Named(Curve curve) {
      super(
          new EllipticCurve(new ECFieldFp(curve.p()), curve.a(), curve.b()),
          new ECPoint(curve.gx(), curve.gy()),
          curve.n(),
          1);
      this.curve = curve;
    }

    @Override
    public String toString() {
      return curve.standardName()
          + (curve.aliases().isEmpty() ? "" : " [" + String.join(",", curve.aliases()) + "]")
          + " ("
          + curve.oid()
          + ")";
    }
  }

  /** The curve that a bare key size stands for. */
  private static final List<Curve> BY_SIZE =
      List.of(Curve.SECP192R1, Curve.SECP224R1, Curve.SECP256R1, Curve.SECP384R1, Curve.SECP521R1);

  private static final Map<Curve, Named> SPECS = new EnumMap<>(Curve.class);

  static {
    for (Curve curve : Curve.values()) {
      if (curve.supported()) {
        SPECS.put(curve, new Named(curve));
      }
    }
  }

  private Curves() {}

  /** The domain parameters of a curve. */
  public static ECParameterSpec spec(Curve curve) {
    return SPECS.get(curve);
  }

  /** The curve with the given domain parameters. */
  public static Optional<Curve> of(ECParameterSpec spec) {
    if (spec instanceof Named named) {
      return Optional.of(named.curve);
    }
    return SPECS.keySet().stream().filter(curve -> matches(curve, spec)).findFirst();
  }

  private static boolean matches(Curve curve, ECParameterSpec spec) {
    ECField field = spec.getCurve().getField();
    return spec.getOrder().equals(curve.n())
        && field instanceof ECFieldFp prime
        && prime.getP().equals(curve.p())
        && spec.getCurve().getA().mod(curve.p()).equals(curve.a())
        && spec.getCurve().getB().mod(curve.p()).equals(curve.b())
        && spec.getGenerator().equals(new ECPoint(curve.gx(), curve.gy()))
        && spec.getCofactor() == 1;
  }

  /** The curve with the given standard name, other name or object identifier, in any case. */
  public static Optional<Curve> named(String name) {
    return SPECS.keySet().stream()
        .filter(
            curve ->
                curve.standardName().equalsIgnoreCase(name)
                    || curve.oid().equals(name)
                    || curve.aliases().stream().anyMatch(name::equalsIgnoreCase))
        .findFirst();
  }

  static Optional<Curve> ofOid(String oid) {
    return SPECS.keySet().stream().filter(curve -> curve.oid().equals(oid)).findFirst();
  }

  /** The curve that a bare key size in bits stands for. */
  static Optional<Curve> ofSize(int bits) {
    return BY_SIZE.stream()
        .filter(curve -> SPECS.containsKey(curve) && curve.p().bitLength() == bits)
        .findFirst();
  }

  /** The curves in the form of the service attribute {@code SupportedCurves}. */
  public static String attribute() {
    return SPECS.keySet().stream()
        .map(
            curve ->
                "["
                    + curve.standardName()
                    + ","
                    + curve.aliases().stream()
                        .map(alias -> alias + ",")
                        .collect(Collectors.joining())
                    + curve.oid()
                    + "]")
        .collect(Collectors.joining("|"));
  }

  /** A point in uncompressed form; empty if a coordinate is not a field element. */
  static Optional<byte[]> encode(Curve curve, ECPoint point) {
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    if (x == null || !isElement(curve, x) || !isElement(curve, y)) {
      return Optional.empty();
    }
    int length = curve.fieldLength();
    byte[] encoded = new byte[1 + 2 * length];
    encoded[0] = 4;
    System.arraycopy(Unsigned.bytes(x, length), 0, encoded, 1, length);
    System.arraycopy(Unsigned.bytes(y, length), 0, encoded, 1 + length, length);
    return Optional.of(encoded);
  }

  private static boolean isElement(Curve curve, BigInteger value) {
    return value.signum() >= 0 && value.compareTo(curve.p()) < 0;
  }

  /** The coordinates of a point in uncompressed form. */
  static ECPoint decode(byte[] encoded) {
    int length = encoded.length / 2;
    return new ECPoint(
        Unsigned.number(Arrays.copyOfRange(encoded, 1, 1 + length)),
        Unsigned.number(Arrays.copyOfRange(encoded, 1 + length, encoded.length)));
  }
}
