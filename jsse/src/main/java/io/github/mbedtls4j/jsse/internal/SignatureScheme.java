package io.github.mbedtls4j.jsse.internal;

import java.nio.ByteBuffer;
import java.util.List;

/** Signature algorithms of TLS (RFC 5246 section 7.4.1.4.1, RFC 8446 section 4.2.3) and JCA. */
final class SignatureScheme {
  /** What a peer accepts that names nothing. */
  static final List<String> DEFAULT = List.of("SHA1withRSA", "SHA1withECDSA");

  private static final String[] HASH_NAMES = {
    null, "MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512"
  };

  private SignatureScheme() {}

  /** Adds the JCA names of a list of code points; unknown ones are left out. */
  static void read(ByteBuffer list, List<String> names) {
    while (list.hasRemaining()) {
      String name = name(Wire.uint8(list), Wire.uint8(list));
      if (name != null && !names.contains(name)) {
        names.add(name);
      }
    }
  }

  /** The JCA name of a code point; its number if it has none. */
  static String nameOf(int id) {
    String name = name(id >>> 8, id & 0xFF);
    return name == null ? "0x" + Integer.toHexString(id) : name;
  }

  private static String name(int hash, int signature) {
    if (hash == 8) {
      return switch (signature) {
        case 4, 5, 6, 9, 10, 11 -> "RSASSA-PSS";
        case 7 -> "Ed25519";
        case 8 -> "Ed448";
        default -> null;
      };
    }
    if (hash == 0 || hash >= HASH_NAMES.length) {
      return null;
    }
    return switch (signature) {
      case 1 -> HASH_NAMES[hash] + "withRSA";
      case 2 -> HASH_NAMES[hash] + "withDSA";
      case 3 -> HASH_NAMES[hash] + "withECDSA";
      default -> null;
    };
  }
}
