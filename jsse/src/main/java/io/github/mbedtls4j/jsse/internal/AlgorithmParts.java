package io.github.mbedtls4j.jsse.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes the names of algorithms apart: whoever disables {@code SHA1} means {@code SHA1withRSA} and
 * the suites with HMAC-SHA1 too. The parts are those that the JDK finds; all in lower case.
 */
final class AlgorithmParts {
  private static final String WITH = "_WITH_";

  /** The length of {@code TLS_} and {@code SSL_}. */
  private static final int PREFIX = 4;

  private static final Pattern SEPARATOR = Pattern.compile("/|with|and|(?<!padd)in");

  private AlgorithmParts() {}

  /** The parts of a name; the name itself need not be among them. */
  static Set<String> of(String algorithm) {
    Set<String> parts = new HashSet<>();
    boolean suite = algorithm.startsWith("TLS_") || algorithm.startsWith("SSL_");
    int with = algorithm.indexOf(WITH);
    if (suite && with > PREFIX) {
      // Not by Suite, whose table is made with the help of these parts.
      keyExchange(algorithm.substring(PREFIX, with).toLowerCase(Locale.ROOT), parts);
      cipherAndHash(algorithm.substring(with + WITH.length()).toLowerCase(Locale.ROOT), parts);
    } else {
      for (String part : SEPARATOR.split(algorithm.toLowerCase(Locale.ROOT), -1)) {
        addHash(part, parts);
      }
    }
    return parts;
  }

  /** Adds a name, and for a hash the one with or without its hyphen. */
  private static void addHash(String name, Set<String> parts) {
    if (name.isEmpty()) {
      return;
    }
    parts.add(name);
    if (name.matches("sha-?\\d+")) {
      String digits = name.substring(name.startsWith("sha-") ? 4 : 3);
      parts.add("sha" + digits);
      parts.add("sha-" + digits);
    }
  }

  private static void keyExchange(String name, Set<String> parts) {
    List<String> all = List.of(name.split("_", -1));
    parts.add(name);
    parts.addAll(all);
    if (all.contains("dhe") || all.contains("dh")) {
      parts.add("dh");
      parts.add("diffiehellman");
    }
  }

  private static void cipherAndHash(String name, Set<String> parts) {
    int end = name.lastIndexOf('_');
    String hash = name.substring(end + 1);
    String cipher = name.substring(0, end);
    boolean named = hash.startsWith("sha") || hash.equals("md5");
    if (!named) {
      // Suites with CCM name no hash: RFC 6655 section 3.
      cipher = name;
      hash = "sha256";
    }
    if (cipher.equals("null")) {
      parts.add("c_null");
      parts.add("null");
    } else if (cipher.startsWith("chacha20")) {
      parts.add("chacha20-poly1305");
    } else {
      parts.add(cipher);
      parts.add(cipher.startsWith("3des") ? "desede" : cipher.substring(0, cipher.indexOf('_')));
      for (String mode : List.of("cbc", "gcm", "ccm")) {
        if (cipher.contains("_" + mode)) {
          parts.add(mode);
          parts.add("nopadding");
        }
      }
    }
    addMac(hash.equals("sha") ? "sha1" : hash, parts);
    if (!cipher.equals("des_cbc") && !hash.equals("sha384")) {
      // The hash of TLS 1.2's PRF.
      addMac("sha256", parts);
    }
  }

  private static void addMac(String hash, Set<String> parts) {
    addHash(hash, parts);
    parts.add("hmac" + hash);
  }
}
