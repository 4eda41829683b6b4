package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The signatures that one connection makes and accepts.
 *
 * @param schemes all that are permitted, for certificates too
 * @param handshake those of them that may sign a handshake
 */
record SignaturePolicy(List<Scheme> schemes, List<Scheme> handshake) {
  /**
   * The policy of a connection.
   *
   * @param names what the application named; null for the defaults
   */
  static SignaturePolicy of(List<String> names, Constraints constraints) {
    List<Scheme> named = names == null ? List.of(Scheme.values()) : Scheme.of(names);
    List<Scheme> permitted =
        named.stream()
            .filter(
                scheme ->
                    constraints.permitsSignature(scheme.text())
                        && constraints.permitsSignature(scheme.keyAlgorithm())
                        && constraints.permitsSignature(scheme.algorithm()))
            .toList();
    List<Scheme> handshake =
        permitted.stream()
            .filter(scheme -> scheme.hash() != null && (names != null || scheme.preferred()))
            .filter(scheme -> DisabledAlgorithms.TLS.permitsHandshake(scheme.text()))
            .toList();
    return new SignaturePolicy(permitted, handshake);
  }

  /** Whether a key of an algorithm may sign the handshake. */
  boolean canSignWith(String keyAlgorithm) {
    return !hashesOf(keyAlgorithm).isEmpty();
  }

  /** Whether a signature of the handshake, by its number on the wire, is permitted. */
  boolean permits(int id) {
    return handshake.stream().anyMatch(scheme -> scheme.id() == id);
  }

  /**
   * The hashes to offer. Mbed TLS offers each with both kinds of key: if some go with both, only
   * these are offered, else all, and what the peer makes of it is checked.
   */
  List<Hash> hashes() {
    Set<Hash> rsa = hashesOf("RSA");
    Set<Hash> ec = hashesOf("EC");
    Set<Hash> both = new LinkedHashSet<>(rsa);
    both.retainAll(ec);
    if (both.isEmpty()) {
      both.addAll(rsa);
      both.addAll(ec);
    }
    // The order of the schemes, not of the sets.
    return handshake.stream().map(Scheme::hash).distinct().filter(both::contains).toList();
  }

  private Set<Hash> hashesOf(String keyAlgorithm) {
    Set<Hash> hashes = new LinkedHashSet<>();
    for (Scheme scheme : handshake) {
      if (scheme.keyAlgorithm().equals(keyAlgorithm)) {
        hashes.add(scheme.hash());
      }
    }
    return hashes;
  }

  /** The JCA names that certificates may be signed with. */
  String[] algorithms() {
    return schemes.stream().map(Scheme::algorithm).distinct().toArray(String[]::new);
  }
}
