package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.Curve;
import java.io.IOException;
import java.math.BigInteger;
import java.security.InvalidKeyException;

/** Encodings of EC keys: RFC 5480 public, RFC 5915 in PKCS#8 private; named curves only. */
final class EcCodec {
  static final String OID = "1.2.840.10045.2.1";

  private EcCodec() {}

  static byte[] encodePublic(Curve curve, byte[] point) {
    return KeyInfo.publicKey(algorithm(curve), point);
  }

  /** Without the optional parts, as the JDK writes it. */
  static byte[] encodePrivate(Curve curve, byte[] d) {
    return KeyInfo.privateKey(
        algorithm(curve), Der.sequence(Der.integer(BigInteger.ONE), Der.octetString(d)));
  }

  private static byte[] algorithm(Curve curve) {
    return Der.sequence(Der.oid(OID), Der.oid(curve.oid()));
  }

  static EcPublic readPublic(byte[] encoding) throws InvalidKeyException {
    return KeyInfo.readPublic(
        encoding, OID, (parameters, key) -> EcPublic.of(readCurve(parameters), key));
  }

  static EcPrivate readPrivate(byte[] encoding) throws InvalidKeyException {
    return KeyInfo.readPrivate(
        encoding,
        OID,
        (parameters, key) -> {
          Curve curve = readCurve(parameters);
          DerReader outer = DerReader.of(key);
          DerReader content = outer.enter(Der.SEQUENCE);
          outer.end();
          if (!content.integer().equals(BigInteger.ONE)) {
            throw new IOException("EC private key of unknown version");
          }
          BigInteger s = Unsigned.number(content.octetString());
          if (content.next(Der.CONTEXT) && readCurve(content.enter(Der.CONTEXT)) != curve) {
            throw new IOException("EC private key that names two curves");
          }
          // The public key: what we compute with is the private one alone.
          content.skip(Der.CONTEXT + 1);
          content.end();
          return EcPrivate.of(curve, s);
        });
  }

  /** A curve, which must be the last element. */
  static Curve readCurve(DerReader parameters) throws IOException, InvalidKeyException {
    if (!parameters.next(Der.OBJECT_IDENTIFIER)) {
      throw new InvalidKeyException("Only named EC parameters are supported");
    }
    String oid = parameters.oid();
    parameters.end();
    return Curves.ofOid(oid).orElseThrow(() -> new InvalidKeyException("Unknown curve " + oid));
  }
}
