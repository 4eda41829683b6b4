package io.github.mbedtls4j.wycheproof;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** One test of a vector file; the fields only some schemas have stay in the JSON. */
record TestVector(int tcId, String comment, Set<String> flags, Result result, JsonNode json) {

  /** ACCEPTABLE: implementations may differ, but whoever accepts must compute the right value. */
  enum Result {
    VALID,
    INVALID,
    ACCEPTABLE
  }

  static TestVector of(JsonNode json) {
    Set<String> flags = new LinkedHashSet<>();
    json.path("flags").forEach(flag -> flags.add(flag.asText()));
    return new TestVector(
        json.required("tcId").asInt(),
        json.path("comment").asText(),
        flags,
        Result.valueOf(json.required("result").asText().toUpperCase(Locale.ROOT)),
        json);
  }

  boolean invalid() {
    return result == Result.INVALID;
  }

  String text(String field) {
    return json.required(field).asText();
  }

  byte[] bytes(String field) {
    return HexFormat.of().parseHex(text(field));
  }

  @Override
  public String toString() {
    return "tcId " + tcId + " (" + result + " " + flags + " \"" + comment + "\")";
  }
}
