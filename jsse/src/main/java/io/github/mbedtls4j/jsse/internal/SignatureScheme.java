package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Signature algorithms of TLS (RFC 5246 section 7.4.1.4.1, RFC 8446 section 4.2.3) and JCA. */
final class SignatureScheme {
  /** What a peer accepts that names nothing. */
  static final List<String> DEFAULT = List.of("SHA1withRSA", "SHA1withECDSA");

  /** The hashes of our own offer; SHA-1 is not among them. */
  static final List<Hash> HASHES = List.of(Hash.SHA512, Hash.SHA384, Hash.SHA256);

  private static final String[] HASH_NAMES = {
    null, "MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512"
  };

  private SignatureScheme() {}

  /**
   * The JCA names that certificates may be signed with: our own offer, and what Java verifies and
   * SunJSSE accepts too. {@code jdk.certpath.disabledAlgorithms} still has its say.
   */
  static String[] local() {
    List<String> names = new ArrayList<>();
    for (Hash hash : HASHES) {
      names.add(hash.compactName() + "withECDSA");
      names.add(hash.compactName() + "withRSA");
    }
    names.addAll(
        List.of(
            "Ed25519",
            "Ed448",
            "RSASSA-PSS",
            "SHA224withECDSA",
            "SHA224withRSA",
            "SHA1withECDSA",
            "SHA1withRSA"));
    return names.toArray(String[]::new);
  }

  /** Adds the JCA names of a list of code points; unknown ones are left out. */
  static void read(ByteBuffer list, List<String> names) {
    while (list.hasRemaining()) {
      String name = name(Wire.uint8(list), Wire.uint8(list));
      if (name != null && !names.contains(name)) {
        names.add(name);
      }
    }
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
