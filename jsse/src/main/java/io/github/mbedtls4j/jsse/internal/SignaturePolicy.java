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
   * The hashes to offer, most wanted first. Mbed TLS offers each with both kinds of key: those that
   * are permitted with either come last, and what the peer makes of them is checked.
   *
   * @param keyAlgorithms the JCA names of the keys that will sign
   */
  List<Hash> hashes(Set<String> keyAlgorithms) {
    Set<Hash> all = new LinkedHashSet<>();
    handshake.stream().map(Scheme::hash).forEach(all::add);
    Set<Hash> common = new LinkedHashSet<>(all);
    keyAlgorithms.forEach(algorithm -> common.retainAll(hashesOf(algorithm)));
    all.removeIf(hash -> keyAlgorithms.stream().noneMatch(a -> hashesOf(a).contains(hash)));
    common.addAll(all);
    return List.copyOf(common);
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
