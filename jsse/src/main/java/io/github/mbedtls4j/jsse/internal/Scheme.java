package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The signature schemes of TLS (RFC 8446 section 4.2.3) that certificates may be signed with, in
 * the order of preference. Those with a hash can sign the handshake too: Mbed TLS 2.28 knows the
 * pairs of hash and key of RFC 5246, not RSASSA-PSS and EdDSA.
 */
enum Scheme {
  ECDSA_SECP256R1_SHA256(0x0403, "SHA256withECDSA", "EC"),
  ECDSA_SECP384R1_SHA384(0x0503, "SHA384withECDSA", "EC"),
  ECDSA_SECP521R1_SHA512(0x0603, "SHA512withECDSA", "EC"),
  ED25519(0x0807, "Ed25519", "EdDSA"),
  ED448(0x0808, "Ed448", "EdDSA"),
  RSA_PSS_RSAE_SHA256(0x0804, "RSASSA-PSS", "RSA"),
  RSA_PSS_RSAE_SHA384(0x0805, "RSASSA-PSS", "RSA"),
  RSA_PSS_RSAE_SHA512(0x0806, "RSASSA-PSS", "RSA"),
  RSA_PSS_PSS_SHA256(0x0809, "RSASSA-PSS", "RSASSA-PSS"),
  RSA_PSS_PSS_SHA384(0x080A, "RSASSA-PSS", "RSASSA-PSS"),
  RSA_PSS_PSS_SHA512(0x080B, "RSASSA-PSS", "RSASSA-PSS"),
  RSA_PKCS1_SHA256(0x0401, "SHA256withRSA", "RSA"),
  RSA_PKCS1_SHA384(0x0501, "SHA384withRSA", "RSA"),
  RSA_PKCS1_SHA512(0x0601, "SHA512withRSA", "RSA"),
  ECDSA_SHA224(0x0303, "SHA224withECDSA", "EC"),
  RSA_SHA224(0x0301, "SHA224withRSA", "RSA"),
  ECDSA_SHA1(0x0203, "SHA1withECDSA", "EC"),
  RSA_PKCS1_SHA1(0x0201, "SHA1withRSA", "RSA");

  private static final int LOWEST_PREFERRED = 0x0400;

  private final int id;
  private final String algorithm;
  private final String keyAlgorithm;

  Scheme(int id, String algorithm, String keyAlgorithm) {
    this.id = id;
    this.algorithm = algorithm;
    this.keyAlgorithm = keyAlgorithm;
  }

  /** The number on the wire. */
  int id() {
    return id;
  }

  /** The JCA name of the signature. */
  String algorithm() {
    return algorithm;
  }

  /** The JCA name of the key. */
  String keyAlgorithm() {
    return keyAlgorithm;
  }

  /** The name in TLS, such as {@code rsa_pkcs1_sha256}. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The hash of a scheme that Mbed TLS can sign a handshake with; null for the others. */
  Hash hash() {
    return switch (id >>> 8) {
      case 2 -> Hash.SHA1;
      case 3 -> Hash.SHA224;
      case 4 -> Hash.SHA256;
      case 5 -> Hash.SHA384;
      case 6 -> Hash.SHA512;
      default -> null;
    };
  }

  /** Whether handshakes are signed with it unless an application says otherwise. */
  boolean preferred() {
    return id >= LOWEST_PREFERRED;
  }

  /** The schemes of some names; unknown ones are left out, as SunJSSE does. */
  static List<Scheme> of(List<String> names) {
    return names.stream()
        .flatMap(name -> Arrays.stream(values()).filter(s -> s.text().equalsIgnoreCase(name)))
        .distinct()
        .toList();
  }
}
