package io.github.mbedtls4j.wycheproof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One JSON file of vectors. */
record VectorFile(String name, List<VectorGroup> groups) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads a file and holds it to the number of tests that its header promises. */
  static VectorFile read(Path directory, String name) throws IOException {
    JsonNode json = JSON.readTree(directory.resolve(name).toFile());
    String algorithm = json.required("algorithm").asText();
    List<VectorGroup> groups = new ArrayList<>();
    for (JsonNode group : json.required("testGroups")) {
      groups.add(VectorGroup.of(name, groups.size(), algorithm, group));
    }
    VectorFile file = new VectorFile(name, List.copyOf(groups));
    int promised = json.required("numberOfTests").asInt();
    if (file.size() != promised) {
      throw new IOException(name + " promises " + promised + " tests and has " + file.size());
    }
    return file;
  }

  int size() {
    return groups.stream().mapToInt(group -> group.vectors().size()).sum();
  }
}
