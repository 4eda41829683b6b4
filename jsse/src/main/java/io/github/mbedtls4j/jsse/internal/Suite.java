package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.SslSuite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

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

  /** Without those that {@code jdk.tls.disabledAlgorithms} names. */
  private static final List<Suite> PERMITTED =
      SUPPORTED.values().stream()
          .filter(suite -> new Constraints(null).permits(suite.name))
          .toList();

  private static final List<Suite> DEFAULTS =
      PERMITTED.stream().filter(suite -> PREFERRED.contains(suite.name)).toList();

  private static Map<String, Suite> supported() {
    Map<String, Suite> byName = new LinkedHashMap<>();
    for (SslSuite suite : SslSuite.all()) {
      // Its password would need an API of its own, and the suite was never standardised.
      if (!suite.name().contains("ECJPAKE")) {
        String name = jsseName(suite.name());
        byName.put(name, new Suite(suite.id(), name));
      }
    }
    Map<String, Suite> ordered = new LinkedHashMap<>();
    PREFERRED.stream().filter(byName::containsKey).forEach(n -> ordered.put(n, byName.get(n)));
    ordered.putAll(byName);
    return ordered;
  }

  /** The JSSE name of what the library calls {@code TLS-RSA-WITH-AES-128-CBC-SHA}. */
  static String jsseName(String libraryName) {
    String name = libraryName.replace('-', '_');
    // RFC 6655 has this slip in two of its names, and IANA took it over.
    return name.startsWith("TLS_DHE_PSK_") && name.endsWith("_CCM_8")
        ? name.replace("DHE_PSK", "PSK_DHE")
        : name;
  }

  static String[] supportedNames() {
    return names(PERMITTED);
  }

  /** The suites enabled by default at one end. */
  static List<Suite> defaults(boolean client) {
    List<Suite> named = Defaults.suites(client);
    return named == null ? DEFAULTS : named;
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

  static String[] names(List<Suite> suites) {
    return suites.stream().map(Suite::name).toArray(String[]::new);
  }

  /** Whether a pre-shared key is needed. */
  boolean isPsk() {
    return name.contains("_PSK_");
  }

  /** As above, by the suite's number. */
  static boolean isPsk(int id) {
    String name = nameOf(id);
    return name != null && name.contains("_PSK_");
  }

  /** What X509TrustManager calls authType: {@code ECDHE_RSA} and the like. */
  static String authType(String name) {
    // The JDK's trust managers do not know RSA_PSK; the certificate's key decrypts in both.
    return keyExchange(name).replace("RSA_PSK", "RSA");
  }

  /** {@code ECDHE_RSA} and the like, by the suite's name. */
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

  /** Whether keys are agreed on over an elliptic curve. */
  boolean isEcdhe() {
    return keyExchange(name).startsWith("ECDH");
  }

  /** Whether keys are agreed on in a finite field. */
  boolean isDhe() {
    return Arrays.asList(keyExchange(name).split("_", -1)).contains("DHE");
  }

  /** Whether some kinds of key, by their JCA names, suffice to sign the server's handshake. */
  boolean signedBy(Predicate<String> keyAlgorithm) {
    return switch (keyExchange(name)) {
      case "ECDHE_RSA", "DHE_RSA" -> keyAlgorithm.test("RSA");
      case "ECDHE_ECDSA" -> keyAlgorithm.test("EC");
      default -> true;
    };
  }

  /** Whether the suite exists in a protocol; older ones only have HMAC with MD5 and SHA-1. */
  boolean speaks(Protocol protocol) {
    return protocol == Protocol.TLSV1_2
        || name.endsWith("_SHA")
        || name.endsWith("_MD5")
        // RFC 5487 section 1 lets these into older protocols.
        || (name.contains("PSK") && name.contains("_CBC_"));
  }

  /**
   * The type of server key that the suite needs, as SunJSSE names it to a KeyManager; null if it
   * needs none.
   */
  String keyType() {
    return keyType(name);
  }

  /** As above, by the suite's name. */
  static String keyType(String name) {
    String[] parts = keyExchange(name).split("_", -1);
    return switch (parts[0]) {
      case "ECDH" -> "EC_" + (parts[1].equals("ECDSA") ? "EC" : "RSA");
      case "RSA" -> "RSA";
      default ->
          Arrays.asList(parts).contains("PSK")
              ? null
              : Arrays.asList(parts).contains("ECDSA") ? "EC" : "RSA";
    };
  }
}
