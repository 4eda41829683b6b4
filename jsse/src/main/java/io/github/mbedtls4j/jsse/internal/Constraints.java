package io.github.mbedtls4j.jsse.internal;

import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What one connection may use: what {@code jdk.tls.disabledAlgorithms} leaves and the application's
 * own constraints permit. The questions are those that SunJSSE asks.
 */
final class Constraints {
  private static final Set<CryptoPrimitive> AGREEMENT = EnumSet.of(CryptoPrimitive.KEY_AGREEMENT);
  private static final Set<CryptoPrimitive> SIGNATURE = EnumSet.of(CryptoPrimitive.SIGNATURE);

  /** Of the groups that TLS knows, whose specifications are constants. */
  private static final ConcurrentMap<AlgorithmParameterSpec, Optional<AlgorithmParameters>>
      PARAMETERS = new ConcurrentHashMap<>();

  private final List<AlgorithmConstraints> all;

  /** The JDK's constraints and those of an application, which may be null. */
  Constraints(AlgorithmConstraints own) {
    all = own == null ? List.of(DisabledAlgorithms.TLS) : List.of(DisabledAlgorithms.TLS, own);
  }

  /** Whether a protocol or a suite may be used, by its name. */
  boolean permits(String name) {
    return permits(AGREEMENT, name, null);
  }

  /**
   * Whether keys may be agreed on in a group.
   *
   * @param name the name in TLS
   * @param algorithm the JCA name of its keys' algorithm
   * @param spec the parameters of the group; null if the algorithm implies them
   */
  boolean permitsGroup(String name, String algorithm, AlgorithmParameterSpec spec) {
    return permits(AGREEMENT, name, null)
        && permits(AGREEMENT, algorithm, parameters(algorithm, spec));
  }

  /** Whether keys may be agreed on with a peer's key. */
  boolean permitsAgreement(Key key) {
    return all.stream().allMatch(constraints -> constraints.permits(AGREEMENT, key));
  }

  /** Whether something may be signed, by the name of a scheme or an algorithm. */
  boolean permitsSignature(String name) {
    return permits(SIGNATURE, name, null);
  }

  private boolean permits(
      Set<CryptoPrimitive> primitives, String algorithm, AlgorithmParameters parameters) {
    return all.stream()
        .allMatch(
            constraints -> constraints.permits(EnumSet.copyOf(primitives), algorithm, parameters));
  }

  private static AlgorithmParameters parameters(String algorithm, AlgorithmParameterSpec spec) {
    return spec == null
        ? null
        : PARAMETERS.computeIfAbsent(spec, s -> make(algorithm, s)).orElse(null);
  }

  private static Optional<AlgorithmParameters> make(String algorithm, AlgorithmParameterSpec spec) {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance(algorithm);
      parameters.init(spec);
      return Optional.of(parameters);
    } catch (GeneralSecurityException e) {
      // A curve that no provider knows by its name.
      return Optional.empty();
    }
  }
}
