package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.Curve;
import io.github.mbedtls4j.nativeloader.handle.XdhCurve;
import io.github.mbedtls4j.provider.internal.key.DhGroups;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.spec.DHParameterSpec;

/** The groups in which a connection agrees on keys (RFC 8422, RFC 7919). */
final class NamedGroups {
  /** As SunJSSE: the size of the groups that a server uses for clients that name none. */
  private static final String DH_SIZE = "jdk.tls.ephemeralDHKeySize";

  private static final int MIN_DH_SIZE = 2048;
  private static final int[] DH_SIZES = {2048, 3072, 4096, 6144, 8192};

  /** The number of ffdhe2048 on the wire; the others follow. */
  private static final int FIRST_DH_ID = 256;

  /** An elliptic curve by its names. */
  private record Group(String name, int nativeId, String algorithm, AlgorithmParameterSpec spec) {}

  /** The fast and common ones first. */
  private static final List<Group> CURVES =
      Stream.concat(
              Stream.of(XdhCurve.X25519)
                  .filter(XdhCurve::supported)
                  .map(curve -> new Group("x25519", curve.groupId(), "XDH", null)),
              Stream.of(
                      Curve.SECP256R1,
                      Curve.SECP384R1,
                      Curve.SECP521R1,
                      Curve.BRAINPOOLP256R1,
                      Curve.BRAINPOOLP384R1,
                      Curve.BRAINPOOLP512R1,
                      Curve.SECP256K1)
                  .filter(Curve::supported)
                  .map(NamedGroups::group))
          .toList();

  private NamedGroups() {}

  private static Group group(Curve curve) {
    return new Group(
        curve.standardName(), curve.groupId(), "EC", new ECGenParameterSpec(curve.standardName()));
  }

  /**
   * The curves of a connection as {@code mbedtls_ecp_group_id} values, most wanted first.
   *
   * @param names what the application named; null for the defaults. Unknown ones are left out.
   */
  static List<Integer> curves(List<String> names, Constraints constraints) {
    List<Group> groups = new ArrayList<>();
    if (names == null) {
      groups.addAll(CURVES);
    } else {
      for (String name : names) {
        CURVES.stream().filter(g -> g.name().equalsIgnoreCase(name)).forEach(groups::add);
      }
    }
    return groups.stream()
        .distinct()
        .filter(g -> constraints.permitsGroup(g.name(), g.algorithm(), g.spec()))
        .map(Group::nativeId)
        .toList();
  }

  /**
   * The finite fields of a connection, most wanted first.
   *
   * @param names as above; if no such group is among them, all are meant, as in SunJSSE
   */
  static List<Integer> dhSizes(List<String> names, Constraints constraints) {
    List<Integer> all = IntStream.of(DH_SIZES).boxed().toList();
    List<Integer> named =
        names == null ? all : all.stream().filter(bits -> names.contains("ffdhe" + bits)).toList();
    return (named.isEmpty() ? all : named)
        .stream()
            .filter(
                bits -> constraints.permitsGroup("ffdhe" + bits, "DiffieHellman", dhGroup(bits)))
            .toList();
  }

  /** The group of a size. */
  static DHParameterSpec dhGroup(int bits) {
    return DhGroups.ofSize(bits).orElseThrow();
  }

  /**
   * The group of a server: the first of the client's that is permitted, else the smallest permitted
   * one of the configured size at least.
   *
   * @param offered the client's groups by their numbers on the wire
   * @throws IllegalArgumentException if the system property makes no sense
   */
  static Optional<Integer> serverDhSize(List<Integer> offered, List<Integer> permitted) {
    int wanted = wantedDhSize();
    return offered.stream()
        .filter(id -> id >= FIRST_DH_ID && id < FIRST_DH_ID + DH_SIZES.length)
        .map(id -> DH_SIZES[id - FIRST_DH_ID])
        .filter(permitted::contains)
        .findFirst()
        .or(() -> permitted.stream().filter(bits -> bits >= wanted).findFirst())
        .or(() -> permitted.stream().reduce((smaller, larger) -> larger));
  }

  private static int wantedDhSize() {
    String value = System.getProperty(DH_SIZE, "");
    if (value.isEmpty() || value.equals("matched") || value.equals("legacy")) {
      return MIN_DH_SIZE;
    }
    try {
      int bits = Integer.parseInt(value);
      if (bits >= 1024 && bits <= DH_SIZES[DH_SIZES.length - 1]) {
        return bits;
      }
    } catch (NumberFormatException e) {
      // As for a number that makes no sense.
    }
    throw new IllegalArgumentException("Invalid system property " + DH_SIZE);
  }
}
