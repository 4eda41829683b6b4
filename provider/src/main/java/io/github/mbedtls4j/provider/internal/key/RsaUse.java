package io.github.mbedtls4j.provider.internal.key;

import java.io.IOException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.PSSParameterSpec;

/**
 * What an RSA key is for: anything, or signatures by RSASSA-PSS alone.
 *
 * @param pss whether for RSASSA-PSS alone
 * @param params what those signatures must have; null for any
 */
public record RsaUse(boolean pss, PSSParameterSpec params) {
  static final String PSS_NAME = "RSASSA-PSS";
  static final String PSS_OID = "1.2.840.113549.1.1.10";
  static final RsaUse ANY = new RsaUse(false, null);

  /** From parameters that a caller passes for a key of the algorithm. */
  static RsaUse of(boolean pss, AlgorithmParameterSpec params) throws InvalidKeyException {
    if (!pss) {
      if (params != null) {
        throw new InvalidKeyException("null params expected for RSA");
      }
      return ANY;
    }
    if (params == null) {
      return new RsaUse(true, null);
    }
    if (!(params instanceof PSSParameterSpec spec)) {
      throw new InvalidKeyException("PSSParameterSpec expected for " + PSS_NAME);
    }
    try {
      PssCodec.check(spec);
      PssCodec.encode(spec);
    } catch (InvalidParameterSpecException | IOException e) {
      throw new InvalidKeyException("Invalid PSS parameters", e);
    }
    return new RsaUse(true, spec);
  }

  /** What a foreign key is for. */
  static RsaUse of(Key key) throws InvalidKeyException {
    String algorithm = key.getAlgorithm();
    if ("RSA".equalsIgnoreCase(algorithm)) {
      return ANY;
    }
    if (PSS_NAME.equalsIgnoreCase(algorithm)) {
      return of(true, key instanceof RSAKey values ? values.getParams() : null);
    }
    throw new InvalidKeyException("Expected a RSA key, but got " + algorithm);
  }

  static RsaUse read(boolean pss, DerReader parameters) throws IOException, InvalidKeyException {
    if (pss && parameters.next(Der.SEQUENCE)) {
      return of(true, PssCodec.decode(parameters));
    }
    parameters.skip(Der.NULL);
    parameters.end();
    return of(pss, null);
  }

  /** The name of the key's algorithm. */
  String algorithm() {
    return pss ? PSS_NAME : "RSA";
  }

  byte[] identifier() {
    if (!pss) {
      return Der.sequence(Der.oid(RsaCodec.OID), Der.nul());
    }
    return params == null
        ? Der.sequence(Der.oid(PSS_OID))
        : Der.sequence(Der.oid(PSS_OID), PssCodec.encodeChecked(params));
  }

  void require(boolean forPss) throws InvalidKeyException {
    if (pss != forPss) {
      throw new InvalidKeyException(
          "Expected a " + (forPss ? PSS_NAME : "RSA") + " key, but got " + algorithm());
    }
  }
}
