package io.github.mbedtls4j.wycheproof;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The skips of one run; remembers what each matched, because a skip that matches nothing lies. */
final class Skips {

  private final Map<Skip, Set<Integer>> matched = new LinkedHashMap<>();

  Skips(List<Skip> skips) {
    skips.forEach(skip -> matched.put(skip, new TreeSet<>()));
  }

  /**
   * Parses {"provider": [skip, ...]} and takes the skips of the named providers that count for what
   * these offer.
   */
  static Skips parse(String json, List<String> providers, Predicate<String> offered)
      throws IOException {
    Map<String, List<Skip>> all = new ObjectMapper().readValue(json, new TypeReference<>() {});
    return new Skips(
        providers.stream()
            .flatMap(name -> all.getOrDefault(name, List.of()).stream())
            .filter(skip -> skip.counts(offered))
            .toList());
  }

  /** Why a vector is skipped, if it is. */
  Optional<String> reason(VectorGroup group, TestVector vector) {
    Optional<String> reason = Optional.empty();
    for (Map.Entry<Skip, Set<Integer>> entry : matched.entrySet()) {
      if (entry.getKey().matches(group, vector)) {
        entry.getValue().add(vector.tcId());
        reason = reason.or(() -> Optional.of(entry.getKey().reason()));
      }
    }
    return reason;
  }

  boolean coverWholeFile(String name) {
    return matched.keySet().stream().anyMatch(skip -> skip.coversWholeFile(name));
  }

  /** The entries, or tcIds of entries, that matched nothing in the files asked about so far. */
  List<String> stale() {
    List<String> stale = new ArrayList<>();
    matched.forEach(
        (skip, tcIds) -> {
          if (tcIds.isEmpty()) {
            stale.add(skip + " matches nothing");
          } else if (!skip.unused(tcIds).isEmpty()) {
            stale.add(skip + " has no match for tcIds " + skip.unused(tcIds));
          }
        });
    return stale;
  }
}
