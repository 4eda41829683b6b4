package io.github.mbedtls4j.wycheproof;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Wycheproof's algorithm names in the JCA's spelling. */
final class JcaNames {

  private static final Pattern CIPHER =
      Pattern.compile("(?<block>AES|ARIA|CAMELLIA)-(?<mode>[A-Z]+)(?<padding>-PKCS5)?");

  private JcaNames() {}

  static String cipher(String algorithm) {
    if (algorithm.equals("CHACHA20-POLY1305")) {
      return "ChaCha20-Poly1305";
    }
    Matcher name = CIPHER.matcher(algorithm);
    if (!name.matches()) {
      throw new IllegalArgumentException("no cipher name known for " + algorithm);
    }
    String padding = name.group("padding") == null ? "NoPadding" : "PKCS5Padding";
    return "%s/%s/%s".formatted(block(name.group("block")), name.group("mode"), padding);
  }

  static String cipherKey(String algorithm) {
    return block(algorithm.substring(0, algorithm.indexOf('-')));
  }

  static String keyWrap(String algorithm) {
    String mode = algorithm.endsWith("-KWP") ? "KWP" : "KW";
    return "%s/%s/NoPadding".formatted(cipherKey(algorithm), mode);
  }

  static String mac(String algorithm) {
    return algorithm.startsWith("HMAC")
        ? "Hmac" + algorithm.substring("HMAC".length())
        : block(algorithm.substring(0, algorithm.indexOf('-'))) + "CMAC";
  }

  /** A digest's name as signature names contain it: SHA512/256 for SHA-512/256. */
  static String digestInSignature(String sha) {
    return sha.replaceFirst("-", "");
  }

  private static String block(String name) {
    return switch (name) {
      case "CAMELLIA" -> "Camellia";
      case "CHACHA20" -> "ChaCha20";
      default -> name;
    };
  }
}
