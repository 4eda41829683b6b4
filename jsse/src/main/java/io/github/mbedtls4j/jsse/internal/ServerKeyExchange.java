package io.github.mbedtls4j.jsse.internal;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.DHParameterSpec;

/**
 * What constraints have to judge in a ServerKeyExchange (RFC 5246 section 7.4.3, RFC 8422 section
 * 5.4).
 *
 * @param dhKey the server's key in a finite field; null if it is none
 * @param scheme the number of the signature's scheme; {@link #NO_SCHEME} without one
 */
record ServerKeyExchange(DHPublicKey dhKey, int scheme) {
  static final int NO_SCHEME = -1;

  private static final int NAMED_CURVE = 3;

  /** A public key of the form that constraints expect; no code computes with it. */
  private record Key(BigInteger p, BigInteger g, BigInteger y) implements DHPublicKey {
    @Override
    public BigInteger getY() {
      return y;
    }

    @Override
    public DHParameterSpec getParams() {
      return new DHParameterSpec(p, g);
    }

    @Override
    public String getAlgorithm() {
      return "DH";
    }

    @Override
    public String getFormat() {
      return null;
    }

    @Override
    public byte[] getEncoded() {
      return null;
    }
  }

  /**
   * Reads the body of a ServerKeyExchange.
   *
   * @param suite the suite's name
   * @throws RuntimeException of any kind if it is malformed
   */
  static ServerKeyExchange parse(ByteBuffer body, String suite, Protocol protocol) {
    String keyExchange = Suite.keyExchange(suite);
    switch (keyExchange) {
      case "DHE_RSA" -> {
        return new ServerKeyExchange(dhKey(body), scheme(body, protocol));
      }
      case "DHE_PSK", "PSK_DHE" -> {
        Wire.vector16(body);
        return new ServerKeyExchange(dhKey(body), NO_SCHEME);
      }
      case "ECDHE_RSA", "ECDHE_ECDSA" -> {
        if (Wire.uint8(body) == NAMED_CURVE) {
          Wire.uint16(body);
          Wire.vector8(body);
          return new ServerKeyExchange(null, scheme(body, protocol));
        }
      }
      default -> {}
    }
    return new ServerKeyExchange(null, NO_SCHEME);
  }

  private static DHPublicKey dhKey(ByteBuffer body) {
    return new Key(number(body), number(body), number(body));
  }

  private static BigInteger number(ByteBuffer body) {
    return new BigInteger(1, Wire.bytes(Wire.vector16(body)));
  }

  /** Also the beginning of a CertificateVerify (RFC 5246 section 4.7). */
  static int scheme(ByteBuffer signed, Protocol protocol) {
    return protocol == Protocol.TLSV1_2 ? Wire.uint16(signed) : NO_SCHEME;
  }
}
