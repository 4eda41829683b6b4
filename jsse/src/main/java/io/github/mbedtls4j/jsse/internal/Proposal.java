package io.github.mbedtls4j.jsse.internal;

import java.util.List;
import java.util.function.Predicate;

/**
 * What a connection really offers or accepts: what the application enabled, less what constraints
 * forbid and what could not work without it.
 *
 * @param protocols the highest first
 * @param suites most wanted first
 * @param curves {@code mbedtls_ecp_group_id} values
 * @param dhSizes sizes of the groups of RFC 7919
 * @param signatures the permitted signatures
 * @param constraints what the peer's keys have to comply with
 */
record Proposal(
    List<Protocol> protocols,
    List<Suite> suites,
    List<Integer> curves,
    List<Integer> dhSizes,
    SignaturePolicy signatures,
    Constraints constraints) {

  /**
   * Applies the constraints to settings.
   *
   * @param psk whether there may be pre-shared keys
   * @throws Handshake.Refusal if nothing is left, in SunJSSE's words
   */
  static Proposal of(Settings<?> settings, boolean psk) throws Handshake.Refusal {
    Constraints constraints = new Constraints(settings.algorithmConstraints());
    List<String> groups = settings.namedGroups();
    List<Integer> curves = NamedGroups.curves(groups, constraints);
    List<Integer> dhSizes = NamedGroups.dhSizes(groups, constraints);
    SignaturePolicy signatures = SignaturePolicy.of(settings.signatureSchemes(), constraints);
    List<Protocol> protocols =
        settings.protocols.stream().filter(p -> constraints.permits(p.standardName())).toList();
    boolean choosesSignatures = protocols.contains(Protocol.TLSV1_2);
    List<Suite> suites =
        settings.suites.stream()
            .filter(suite -> psk || !suite.isPsk())
            .filter(suite -> constraints.permits(suite.name()))
            .filter(suite -> !suite.isEcdhe() || !curves.isEmpty())
            .filter(suite -> !suite.isDhe() || !dhSizes.isEmpty())
            .filter(suite -> !choosesSignatures || suite.signedBy(signatures::canSignWith))
            .toList();
    Predicate<Protocol> speaks = p -> suites.stream().anyMatch(suite -> suite.speaks(p));
    List<Protocol> spoken = protocols.stream().filter(speaks).toList();
    if (spoken.isEmpty()) {
      throw new Handshake.Refusal(
          Alert.HANDSHAKE_FAILURE,
          "No appropriate protocol (protocol is disabled or cipher suites are inappropriate)",
          null);
    }
    if (choosesSignatures && signatures.handshake().isEmpty()) {
      throw new Handshake.Refusal(
          Alert.HANDSHAKE_FAILURE, "No supported signature algorithm", null);
    }
    return new Proposal(spoken, suites, curves, dhSizes, signatures, constraints);
  }

  /**
   * Checks what was used to agree on keys and to sign that.
   *
   * @param exchange null if there was no such message
   * @param clientScheme the number of what the client signed with
   * @throws Handshake.Refusal if it does not comply with the constraints
   */
  void check(ServerKeyExchange exchange, int clientScheme) throws Handshake.Refusal {
    if (exchange != null
        && exchange.dhKey() != null
        && !constraints.permitsAgreement(exchange.dhKey())) {
      throw new Handshake.Refusal(
          Alert.INSUFFICIENT_SECURITY,
          "DH ServerKeyExchange does not comply to algorithm constraints",
          null);
    }
    int server = exchange == null ? ServerKeyExchange.NO_SCHEME : exchange.scheme();
    for (int scheme : new int[] {server, clientScheme}) {
      if (scheme != ServerKeyExchange.NO_SCHEME && !signatures.permits(scheme)) {
        throw new Handshake.Refusal(
            Alert.ILLEGAL_PARAMETER,
            "Unsupported signature algorithm (" + SignatureScheme.nameOf(scheme) + ") used",
            null);
      }
    }
  }
}
