package io.github.mbedtls4j.provider.internal.pbe;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.provider.internal.key.Der;
import io.github.mbedtls4j.provider.internal.key.DerReader;
import java.io.IOException;
import java.math.BigInteger;

/** {@code PBES2-params} (RFC 8018, appendix A.4) of any cipher whose parameter is an IV. */
final class Pbes2Params {
  static final String PBKDF2 = "1.2.840.113549.1.5.12";

  final byte[] salt;
  final int iterations;
  final String hmacOid;
  final String cipherOid;
  final byte[] iv;

  private Pbes2Params(byte[] salt, int iterations, String hmacOid, String cipherOid, byte[] iv) {
    this.salt = salt;
    this.iterations = iterations;
    this.hmacOid = hmacOid;
    this.cipherOid = cipherOid;
    this.iv = iv;
  }

  /** Reads the contents of the sequence. */
  static Pbes2Params read(DerReader parameters) throws IOException {
    DerReader derivation = parameters.enter(Der.SEQUENCE);
    DerReader encryption = parameters.enter(Der.SEQUENCE);
    parameters.end();
    if (!derivation.oid().equals(PBKDF2)) {
      throw new IOException("PBES2 without PBKDF2");
    }
    DerReader pbkdf2 = derivation.enter(Der.SEQUENCE);
    derivation.end();
    byte[] salt = pbkdf2.octetString();
    int iterations = iterations(pbkdf2.integer());
    // The key length follows from the cipher.
    pbkdf2.skip(Der.INTEGER);
    String hmac = new Pbes2(Hash.SHA1, 128).hmacOid();
    if (pbkdf2.next(Der.SEQUENCE)) {
      DerReader function = pbkdf2.enter(Der.SEQUENCE);
      hmac = function.oid();
      function.skip(Der.NULL);
      function.end();
    }
    pbkdf2.end();
    String cipher = encryption.oid();
    CbcKey.refuseRc2(cipher);
    byte[] iv = encryption.octetString();
    encryption.end();
    return new Pbes2Params(salt, iterations, hmac, cipher, iv);
  }

  /** An iteration count. */
  static int iterations(BigInteger number) throws IOException {
    if (number.signum() <= 0 || number.bitLength() >= Integer.SIZE) {
      throw new IOException("iteration count out of range: " + number);
    }
    return number.intValue();
  }
}
