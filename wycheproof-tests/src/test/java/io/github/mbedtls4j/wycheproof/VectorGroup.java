package io.github.mbedtls4j.wycheproof;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Vectors that share parameters, often a key.
 *
 * @param file the name of the vector file
 * @param index position in the file, from 0
 * @param algorithm the file's algorithm, in Wycheproof's spelling
 */
record VectorGroup(
    String file, int index, String algorithm, JsonNode json, List<TestVector> vectors) {

  static VectorGroup of(String file, int index, String algorithm, JsonNode json) {
    List<TestVector> vectors =
        StreamSupport.stream(json.required("tests").spliterator(), false)
            .map(TestVector::of)
            .toList();
    return new VectorGroup(file, index, algorithm, json, vectors);
  }

  /** The schema's name for the kind of test, such as "AeadTest". */
  String type() {
    return text("type");
  }

  String text(String field) {
    return json.required(field).asText();
  }

  int number(String field) {
    return json.required(field).asInt();
  }

  /** The group's number and the parameters by which a reader tells it from the others. */
  String name() {
    return Stream.of("keySize", "ivSize", "tagSize", "curve", "sha", "encoding")
        .filter(json::has)
        .map(field -> " " + field + "=" + text(field))
        .collect(Collectors.joining("", "group " + index, ""));
  }
}
