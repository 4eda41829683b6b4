package io.github.mbedtls4j.provider.keys;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** PEM made by hand. */
final class PemText {
  private PemText() {}

  static String block(String label, byte[] der) {
    return block(label, "", der);
  }

  static String block(String label, String headers, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + headers
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
