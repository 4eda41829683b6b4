package io.github.mbedtls4j.jsse.internal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The proposals that were made before: most connections of an application have the same settings,
 * and the JDK's constraints are read once. Safe for use by several threads.
 */
final class Proposals {
  /** More kinds of connections than an application has; beyond that, all is forgotten. */
  private static final int MAX = 64;

  /** All that a proposal depends on; lists may be null for the defaults. */
  private record Wanted(
      List<Protocol> protocols,
      List<Suite> suites,
      List<String> groups,
      List<String> signatures,
      boolean psk) {}

  private static final Map<Wanted, Proposal> KNOWN = new ConcurrentHashMap<>();

  private Proposals() {}

  /** As {@link Proposal#of}, which is asked only once for the same. */
  static Proposal of(Settings<?> settings, boolean psk) throws Handshake.Refusal {
    if (settings.algorithmConstraints() != null) {
      // User code, which may answer otherwise each time.
      return Proposal.of(settings, psk);
    }
    Wanted wanted =
        new Wanted(
            List.copyOf(settings.protocols),
            List.copyOf(settings.suites),
            settings.namedGroups(),
            settings.signatureSchemes(),
            psk);
    Proposal known = KNOWN.get(wanted);
    if (known == null) {
      known = Proposal.of(settings, psk);
      if (KNOWN.size() >= MAX) {
        KNOWN.clear();
      }
      KNOWN.put(wanted, known);
    }
    return known;
  }
}
