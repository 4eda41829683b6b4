package io.github.mbedtls4j.provider;

import io.github.mbedtls4j.nativeloader.LibraryLoadException;
import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.nativeloader.SelfTests;
import io.github.mbedtls4j.nativeloader.handle.ContextType;
import java.io.PrintStream;
import java.security.Provider;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which library was loaded, what it can do, and what the provider offers and withholds on it. */
final class HealthReport {
  private static final int WIDTH = 100;

  /** The options of Mbed TLS's configuration that decide what a user can do or how fast. */
  private static final Map<String, List<String>> FEATURES =
      new TreeMap<>(
          Map.of(
              "ciphers",
              List.of(
                  "AES_C", "ARIA_C", "CAMELLIA_C", "DES_C", "BLOWFISH_C", "ARC4_C", "CHACHA20_C"),
              "cipher modes",
              List.of(
                  "CIPHER_MODE_CBC",
                  "CIPHER_MODE_CFB",
                  "CIPHER_MODE_CTR",
                  "CIPHER_MODE_OFB",
                  "CIPHER_MODE_XTS",
                  "GCM_C",
                  "CCM_C",
                  "CHACHAPOLY_C",
                  "NIST_KW_C",
                  "CMAC_C"),
              "digests",
              List.of("MD2_C", "MD4_C", "MD5_C", "SHA1_C", "SHA256_C", "SHA512_C", "RIPEMD160_C"),
              "public key",
              List.of(
                  "RSA_C",
                  "PKCS1_V15",
                  "PKCS1_V21",
                  "ECDSA_C",
                  "ECDSA_DETERMINISTIC",
                  "ECDH_C",
                  "ECJPAKE_C",
                  "DHM_C",
                  "ECP_DP_CURVE25519_ENABLED",
                  "ECP_DP_CURVE448_ENABLED"),
              "key derivation",
              List.of("HKDF_C", "PKCS5_C"),
              "random",
              List.of("CTR_DRBG_C", "HMAC_DRBG_C", "HAVEGE_C"),
              "tls",
              List.of(
                  "SSL_PROTO_TLS1",
                  "SSL_PROTO_TLS1_1",
                  "SSL_PROTO_TLS1_2",
                  "SSL_PROTO_DTLS",
                  "SSL_ALPN",
                  "SSL_SERVER_NAME_INDICATION",
                  "SSL_SESSION_TICKETS",
                  "SSL_EXTENDED_MASTER_SECRET",
                  "SSL_ENCRYPT_THEN_MAC",
                  "SSL_MAX_FRAGMENT_LENGTH",
                  "SSL_RENEGOTIATION",
                  "SSL_DTLS_CONNECTION_ID",
                  "SSL_DTLS_SRTP",
                  "SSL_CONTEXT_SERIALIZATION",
                  "X509_TRUSTED_CERTIFICATE_CALLBACK"),
              "build",
              List.of("AESNI_C", "PADLOCK_C", "HAVE_ASM", "THREADING_C")));

  private final PrintStream out;
  private final boolean verbose;

  private HealthReport(PrintStream out, boolean verbose) {
    this.out = out;
    this.verbose = verbose;
  }

  /** Prints the report, or why there is no library; whether all is well. */
  static boolean print(PrintStream out, boolean verbose) {
    try {
      MbedTls.load();
    } catch (LibraryLoadException e) {
      out.println(e.getMessage());
      return false;
    }
    return new HealthReport(out, verbose).print();
  }

  private boolean print() {
    MbedTlsProvider provider = new MbedTlsProvider();
    environment(provider);
    features();
    if (verbose) {
      contextSizes();
    }
    boolean passed = selfTests();
    services(provider);
    withheld(provider);
    out.println();
    out.println(passed ? "Healthy." : "NOT HEALTHY: this library fails its own tests.");
    return passed;
  }

  private void environment(Provider provider) {
    field("provider", provider.getName() + " " + provider.getVersionStr());
    field("library", MbedTls.version());
    field("source", MbedTls.source());
    field("path", MbedTls.path());
    MbedTls.failedAttempts().forEach(attempt -> field("not used", attempt));
    field("JNA", MbedTls.jnaVersion());
    field(
        "JVM",
        System.getProperty("java.vm.name")
            + " "
            + System.getProperty("java.runtime.version")
            + " ("
            + System.getProperty("java.vendor")
            + ")");
    field(
        "system",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
  }

  private void features() {
    heading("Features of the library");
    FEATURES.forEach(
        (group, names) -> {
          Map<Boolean, List<String>> built =
              names.stream().collect(Collectors.partitioningBy(MbedTls::hasFeature));
          list(group, built.get(true));
          list(group + ", absent", built.get(false));
        });
  }

  private void contextSizes() {
    heading("Sizes of the library's structures in bytes");
    for (ContextType type : ContextType.values()) {
      field(type.toString(), type.size() == 0 ? "absent" : Integer.toString(type.size()));
    }
  }

  private boolean selfTests() {
    heading("Self tests of the library");
    List<SelfTests.Result> results = SelfTests.run();
    for (SelfTests.Outcome outcome : SelfTests.Outcome.values()) {
      list(
          outcome.toString().toLowerCase(Locale.ROOT),
          results.stream()
              .filter(result -> result.outcome() == outcome)
              .map(
                  result ->
                      result.name()
                          + (result.detail().isEmpty() ? "" : " (" + result.detail() + ")"))
              .toList());
    }
    return results.stream().noneMatch(result -> result.outcome() == SelfTests.Outcome.FAILED);
  }

  private void services(Provider provider) {
    heading("Services (" + provider.getServices().size() + ")");
    Map<String, List<Provider.Service>> byType =
        provider.getServices().stream()
            .sorted(Comparator.comparing(Provider.Service::getAlgorithm))
            .collect(
                Collectors.groupingBy(
                    Provider.Service::getType, TreeMap::new, Collectors.toList()));
    Map<String, List<String>> aliases = aliases(provider);
    byType.forEach(
        (type, services) -> {
          if (!verbose) {
            list(type, services.stream().map(Provider.Service::getAlgorithm).toList());
            return;
          }
          for (Provider.Service service : services) {
            list(
                type + "." + service.getAlgorithm(),
                aliases.getOrDefault(type + "." + service.getAlgorithm(), List.of("(no aliases)")));
          }
        });
  }

  /** The names that a provider enters for its services: {@code Alg.Alias.<type>.<alias>}. */
  private static Map<String, List<String>> aliases(Provider provider) {
    String prefix = "Alg.Alias.";
    return provider.stringPropertyNames().stream()
        .filter(key -> key.startsWith(prefix))
        .sorted()
        .collect(
            Collectors.groupingBy(
                key -> {
                  String type = key.substring(prefix.length(), key.indexOf('.', prefix.length()));
                  return type + "." + provider.getProperty(key);
                },
                Collectors.mapping(
                    key -> key.substring(key.indexOf('.', prefix.length()) + 1),
                    Collectors.toList())));
  }

  private void withheld(MbedTlsProvider provider) {
    heading("Services withheld, because the library was built without what they need");
    List<String> withheld = provider.withheldServices();
    if (withheld.isEmpty()) {
      out.println("  none");
    }
    withheld.forEach(service -> out.println("  " + service));
  }

  private void heading(String text) {
    out.println();
    out.println(text);
  }

  private void field(String name, String value) {
    list(name, List.of(value));
  }

  private void list(String name, List<String> values) {
    if (values.isEmpty()) {
      return;
    }
    String indent = " ".repeat(24);
    StringBuilder line = new StringBuilder("  " + name + ":");
    line.append(" ".repeat(Math.max(1, indent.length() - line.length())));
    int start = 0;
    for (int i = 0; i < values.size(); i++) {
      String item = values.get(i) + (i < values.size() - 1 ? ", " : "");
      if (i > 0 && line.length() - start + item.length() > WIDTH) {
        line.append('\n');
        start = line.length();
        line.append(indent);
      }
      line.append(item);
    }
    line.toString().lines().map(String::stripTrailing).forEach(out::println);
  }
}
