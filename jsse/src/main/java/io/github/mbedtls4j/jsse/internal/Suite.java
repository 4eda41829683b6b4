package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.SslSuite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A cipher suite under its JSSE name.
 *
 * @param id the IANA number
 * @param name the JSSE name
 */
record Suite(int id, String name) {
  /** Not a suite but a signal (RFC 5746), which Mbed TLS gives by an extension of the hello. */
  private static final String RENEGOTIATION_SIGNAL = "TLS_EMPTY_RENEGOTIATION_INFO_SCSV";

  /** Before the first handshake, as SunJSSE calls it. */
  static final String NONE = "SSL_NULL_WITH_NULL_NULL";

  /**
   * The suites that are enabled unless an application asks for others: forward secret, AEAD before
   * CBC with SHA-2, in SunJSSE's order.
   */
  private static final List<String> PREFERRED =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
          "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256",
          "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256");

  private static final Map<String, Suite> SUPPORTED = supported();

  private static Map<String, Suite> supported() {
    Map<String, Suite> byName = new LinkedHashMap<>();
    for (SslSuite suite : SslSuite.all()) {
      // Keys for these need an API of their own, which SSLContext has not.
      if (!suite.name().contains("PSK") && !suite.name().contains("ECJPAKE")) {
        String name = suite.name().replace('-', '_');
        byName.put(name, new Suite(suite.id(), name));
      }
    }
    Map<String, Suite> ordered = new LinkedHashMap<>();
    PREFERRED.stream().filter(byName::containsKey).forEach(n -> ordered.put(n, byName.get(n)));
    ordered.putAll(byName);
    return ordered;
  }

  static String[] supportedNames() {
    return SUPPORTED.keySet().toArray(String[]::new);
  }

  /** The suites enabled by default. */
  static List<Suite> defaults() {
    return PREFERRED.stream().filter(SUPPORTED::containsKey).map(SUPPORTED::get).toList();
  }

  /**
   * Suites by their names, in the given order; SunJSSE's lists may have the signal in them.
   *
   * @throws IllegalArgumentException for an unknown name, null or an empty array
   */
  static List<Suite> of(String[] names) {
    if (names == null || names.length == 0) {
      throw new IllegalArgumentException("no cipher suites");
    }
    List<Suite> suites = new ArrayList<>();
    for (String name : names) {
      if (RENEGOTIATION_SIGNAL.equals(name)) {
        continue;
      }
      Suite suite = SUPPORTED.get(name);
      if (suite == null) {
        throw new IllegalArgumentException("Unsupported CipherSuite: " + name);
      }
      suites.add(suite);
    }
    if (suites.isEmpty()) {
      throw new IllegalArgumentException("no cipher suites but a signal");
    }
    return List.copyOf(suites);
  }

  /** The name of a number; null if the library has no such suite. */
  static String nameOf(int id) {
    return SUPPORTED.values().stream()
        .filter(suite -> suite.id == id)
        .map(Suite::name)
        .findFirst()
        .orElse(null);
  }

  /** The number of a supported suite; -1 for any other name. */
  static int idOf(String name) {
    Suite suite = SUPPORTED.get(name);
    return suite == null ? -1 : suite.id;
  }

  static String[] names(List<Suite> suites) {
    return suites.stream().map(Suite::name).toArray(String[]::new);
  }

  /** The key exchange, which X509TrustManager calls authType: {@code ECDHE_RSA} and the like. */
  static String keyExchange(String name) {
    return name.substring(name.indexOf('_') + 1, name.indexOf("_WITH_"));
  }

  /** How many bytes stand before the content of an encrypted record (RFC 5246 section 6.2.3). */
  static int explicitIv(String name, Protocol protocol) {
    if (name.contains("_GCM_") || name.contains("_CCM")) {
      return 8;
    }
    return name.contains("_CBC_") && protocol != Protocol.TLSV1 ? 16 : 0;
  }

  /** How many bytes of a record are certainly neither header nor data. */
  static int overhead(String name, Protocol protocol) {
    if (name.contains("_GCM_") || name.endsWith("_CCM")) {
      return 24;
    }
    if (name.endsWith("_CCM_8")) {
      return 16;
    }
    if (!name.contains("_CBC_")) {
      return 16;
    }
    int mac = name.endsWith("_SHA384") ? 48 : name.endsWith("_SHA256") ? 32 : 20;
    // At least one byte of padding.
    return explicitIv(name, protocol) + mac + 1;
  }

  /** The type of server key that the suite needs, as SunJSSE names it to a KeyManager. */
  String keyType() {
    return keyType(name);
  }

  /** As above, by the suite's name. */
  static String keyType(String name) {
    String[] parts = keyExchange(name).split("_", -1);
    return switch (parts[0]) {
      case "ECDH" -> "EC_" + (parts[1].equals("ECDSA") ? "EC" : "RSA");
      default -> Arrays.asList(parts).contains("ECDSA") ? "EC" : "RSA";
    };
  }
}
