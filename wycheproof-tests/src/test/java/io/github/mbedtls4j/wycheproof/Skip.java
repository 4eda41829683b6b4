package io.github.mbedtls4j.wycheproof;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Vectors that are not run. Every selector given must hold; without any, the whole file is meant.
 *
 * @param file a vector file's name, or a glob over names
 * @param tcIds the vectors meant, none for all
 * @param flag a flag the vector must carry, or null
 * @param group fields the group must have with these values
 * @param lacking a service as {@code type.name}: the skip counts only where the providers have no
 *     such service; null for always
 * @param reason why, for the reader of the report
 */
record Skip(
    String file,
    Set<Integer> tcIds,
    String flag,
    Map<String, JsonNode> group,
    String lacking,
    String reason) {

  Skip {
    if (file == null || file.isBlank() || reason == null || reason.isBlank()) {
      throw new IllegalArgumentException("a skip needs a file and a reason: " + file);
    }
    tcIds = tcIds == null ? Set.of() : Set.copyOf(tcIds);
    group = group == null ? Map.of() : Map.copyOf(group);
  }

  /** Whether this skip counts for providers that offer what the predicate says. */
  boolean counts(Predicate<String> offered) {
    return lacking == null || !offered.test(lacking);
  }

  boolean matches(VectorGroup candidate, TestVector vector) {
    return matchesFile(candidate.file())
        && (tcIds.isEmpty() || tcIds.contains(vector.tcId()))
        && (flag == null || vector.flags().contains(flag))
        && group.entrySet().stream()
            .allMatch(field -> field.getValue().equals(candidate.json().get(field.getKey())));
  }

  /** Whether this skip announces that nothing at all of a file runs. */
  boolean coversWholeFile(String name) {
    return matchesFile(name) && tcIds.isEmpty() && flag == null && group.isEmpty();
  }

  /** The tcIds listed here that are not among those matched. */
  List<Integer> unused(Set<Integer> matched) {
    return tcIds.stream().filter(tcId -> !matched.contains(tcId)).sorted().toList();
  }

  private boolean matchesFile(String name) {
    return FileSystems.getDefault().getPathMatcher("glob:" + file).matches(Path.of(name));
  }
}
