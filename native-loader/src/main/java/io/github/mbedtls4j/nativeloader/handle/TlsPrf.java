package io.github.mbedtls4j.nativeloader.handle;

/** The pseudorandom functions of TLS: {@code mbedtls_tls_prf_types}. */
public enum TlsPrf {
  /** MD5 and SHA-1 (RFC 4346 section 5). */
  TLS1(2),
  /** RFC 5246 section 5 with SHA-384. */
  SHA384(3),
  /** RFC 5246 section 5 with SHA-256. */
  SHA256(4);

  private final int type;

  TlsPrf(int type) {
    this.type = type;
  }

  /** The number of the C enumeration. */
  int type() {
    return type;
  }
}
