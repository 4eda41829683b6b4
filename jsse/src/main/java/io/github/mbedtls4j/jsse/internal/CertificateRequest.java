package io.github.mbedtls4j.jsse.internal;

import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * What a server asks of a client's certificate (RFC 5246 section 7.4.4).
 *
 * @param keyTypes {@code RSA}, {@code EC}, as a KeyManager knows them
 * @param signatureAlgorithms JCA names
 * @param authorities acceptable issuers; empty if any is
 */
record CertificateRequest(
    List<String> keyTypes, List<String> signatureAlgorithms, List<Principal> authorities) {
  private static final int RSA_SIGN = 1;
  private static final int ECDSA_SIGN = 64;

  /**
   * Reads the body of a CertificateRequest.
   *
   * @throws RuntimeException of any kind if it is malformed
   */
  static CertificateRequest parse(ByteBuffer body, Protocol protocol) {
    List<String> types = new ArrayList<>();
    for (ByteBuffer list = Wire.vector8(body); list.hasRemaining(); ) {
      switch (Wire.uint8(list)) {
        case RSA_SIGN -> types.add("RSA");
        case ECDSA_SIGN -> types.add("EC");
        default -> {}
      }
    }
    List<String> signatures = new ArrayList<>();
    if (protocol == Protocol.TLSV1_2) {
      SignatureScheme.read(Wire.vector16(body), signatures);
    } else {
      signatures.addAll(SignatureScheme.DEFAULT);
    }
    List<Principal> authorities = new ArrayList<>();
    for (ByteBuffer list = Wire.vector16(body); list.hasRemaining(); ) {
      authorities.add(new X500Principal(Wire.bytes(Wire.vector16(list))));
    }
    return new CertificateRequest(types, signatures, authorities);
  }
}
