package io.github.mbedtls4j.jsse.internal;

import java.security.AlgorithmConstraints;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SNIServerName;

/**
 * Under which settings the peer of a session was accepted. Under others it might not have been, and
 * a resumed handshake does not ask again.
 */
final class SessionTerms {
  private final String endpointIdentification;
  private final AlgorithmConstraints constraints;
  private final List<SNIServerName> serverNames;

  /** The session remembers a maximum fragment length. */
  private final int maximumPacketSize;

  SessionTerms(Settings<?> settings, List<SNIServerName> serverNames) {
    String algorithm = settings.endpointIdentificationAlgorithm();
    this.endpointIdentification = algorithm == null ? "" : algorithm.toUpperCase(Locale.ROOT);
    this.constraints = settings.algorithmConstraints();
    this.serverNames = List.copyOf(serverNames);
    this.maximumPacketSize = settings.maximumPacketSize();
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // what constraints of equal looks permit is not known
  public boolean equals(Object other) {
    return other instanceof SessionTerms terms
        && endpointIdentification.equals(terms.endpointIdentification)
        && constraints == terms.constraints
        && serverNames.equals(terms.serverNames)
        && maximumPacketSize == terms.maximumPacketSize;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        endpointIdentification,
        System.identityHashCode(constraints),
        serverNames,
        maximumPacketSize);
  }
}
