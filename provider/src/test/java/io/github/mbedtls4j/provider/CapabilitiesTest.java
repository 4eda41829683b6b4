package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.provider.internal.ServiceSpec;
import io.github.mbedtls4j.provider.internal.Services;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Keeps docs/CAPABILITIES.md equal to the table of services; {@code -Dmbedtls4j.regenerate=true}
 * rewrites it.
 */
class CapabilitiesTest {
  private static final String REGENERATE = "mbedtls4j.regenerate";

  @Test
  void documentIsTheTable() throws Exception {
    Path document = Path.of(System.getProperty("mbedtls4j.root"), "docs", "CAPABILITIES.md");
    String expected = document();
    if (Boolean.getBoolean(REGENERATE)) {
      Files.writeString(document, expected);
    }
    assertEquals(
        expected,
        Files.readString(document),
        "docs/CAPABILITIES.md is old: run mvn test -pl native-loader,provider"
            + " -Dtest=CapabilitiesTest -Dsurefire.failIfNoSpecifiedTests=false -D"
            + REGENERATE
            + "=true");
  }

  private static String document() {
    MbedTls.load();
    Map<String, List<ServiceSpec>> byType =
        Services.table().stream()
            .collect(Collectors.groupingBy(ServiceSpec::type, TreeMap::new, Collectors.toList()));
    StringBuilder text = new StringBuilder();
    text.append("# Services of MbedTLS\n\n")
        .append("Generated from the table of services by `CapabilitiesTest`. A service is there")
        .append(" when the loaded library has what it needs;\n")
        .append("`java -jar mbedtls4j-provider-*.jar` tells what the library at hand lacks.\n")
        .append("On JDK 25 and later the jar also has `javax.crypto.KDF` services HKDF-SHA1,")
        .append(" -SHA224, -SHA256, -SHA384 and -SHA512.\n");
    byType.forEach((type, rows) -> section(text, type, rows));
    return text.toString();
  }

  private static void section(StringBuilder text, String type, List<ServiceSpec> rows) {
    text.append("\n## ").append(type).append("\n\n");
    text.append("| name | aliases and object identifiers | implementation | needs |\n");
    text.append("|---|---|---|---|\n");
    rows.stream()
        .sorted(Comparator.comparing(ServiceSpec::name, String.CASE_INSENSITIVE_ORDER))
        .forEach(
            row ->
                text.append("| ")
                    .append(row.name())
                    .append(" | ")
                    .append(
                        row.aliases().stream()
                            // Both forms of an identifier are registered; one is enough to read.
                            .filter(alias -> !alias.startsWith("OID."))
                            .collect(Collectors.joining(", ")))
                    .append(" | ")
                    .append(row.spiClass().getSimpleName())
                    .append(" | ")
                    .append(row.needs())
                    .append(" |\n"));
  }
}
