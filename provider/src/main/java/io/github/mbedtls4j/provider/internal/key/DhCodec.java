package io.github.mbedtls4j.provider.internal.key;

import java.io.IOException;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import javax.crypto.spec.DHParameterSpec;

/** Encodings of Diffie-Hellman keys and parameters (PKCS #3). */
public final class DhCodec {
  static final String OID = "1.2.840.113549.1.3.1";

  private DhCodec() {}

  /** {@code DHParameter}. */
  public static byte[] encode(DHParameterSpec params) {
    byte[] p = Der.integer(params.getP());
    byte[] g = Der.integer(params.getG());
    return params.getL() > 0
        ? Der.sequence(p, g, Der.integer(BigInteger.valueOf(params.getL())))
        : Der.sequence(p, g);
  }

  /** The parameters of an encoding. */
  public static DHParameterSpec decode(DerReader outer) throws IOException {
    DerReader reader = outer.enter(Der.SEQUENCE);
    outer.end();
    BigInteger p = reader.integer();
    BigInteger g = reader.integer();
    int l = 0;
    if (reader.next(Der.INTEGER)) {
      BigInteger length = reader.integer();
      if (length.signum() < 0 || length.bitLength() > 31) {
        throw new IOException("length of a private value is out of range: " + length);
      }
      l = length.intValue();
    }
    reader.end();
    return new DHParameterSpec(p, g, l);
  }

  private static byte[] identifier(DHParameterSpec params) {
    return Der.sequence(Der.oid(OID), encode(params));
  }

  static byte[] encodePublic(DHParameterSpec params, BigInteger y) {
    return KeyInfo.publicKey(identifier(params), Der.integer(y));
  }

  static byte[] encodePrivate(DHParameterSpec params, BigInteger x) {
    return KeyInfo.privateKey(identifier(params), Der.integer(x));
  }

  static DhPublic readPublic(byte[] encoding) throws InvalidKeyException {
    return KeyInfo.readPublic(
        encoding, OID, (parameters, key) -> new DhPublic(decode(parameters), number(key)));
  }

  static DhPrivate readPrivate(byte[] encoding) throws InvalidKeyException {
    return KeyInfo.readPrivate(
        encoding, OID, (parameters, key) -> new DhPrivate(decode(parameters), number(key)));
  }

  private static BigInteger number(byte[] key) throws IOException {
    DerReader reader = DerReader.of(key);
    BigInteger value = reader.integer();
    reader.end();
    return value;
  }
}
