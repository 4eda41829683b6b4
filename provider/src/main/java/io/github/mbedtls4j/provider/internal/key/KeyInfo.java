package io.github.mbedtls4j.provider.internal.key;

import java.io.IOException;
import java.math.BigInteger;
import java.security.InvalidKeyException;

/** The outer layer of key encodings: SubjectPublicKeyInfo (RFC 5280) and PKCS#8 (RFC 5958). */
final class KeyInfo {
  /** Reads what is inside. */
  interface Content<K> {
    /** The key from the algorithm's parameters, to be read to their end, and its own encoding. */
    K read(DerReader parameters, byte[] key) throws IOException, InvalidKeyException;
  }

  /** {@code [1] IMPLICIT BIT STRING}: the public key in version 2 of PKCS#8. */
  private static final int PUBLIC_KEY = 0x81;

  private KeyInfo() {}

  static byte[] publicKey(byte[] algorithm, byte[] key) {
    return Der.sequence(algorithm, Der.bitString(key));
  }

  static byte[] privateKey(byte[] algorithm, byte[] key) {
    return Der.sequence(Der.integer(BigInteger.ZERO), algorithm, Der.octetString(key));
  }

  static <K> K readPublic(byte[] encoding, String oid, Content<K> content)
      throws InvalidKeyException {
    try {
      DerReader outer = DerReader.of(encoding);
      DerReader info = outer.enter(Der.SEQUENCE);
      outer.end();
      DerReader parameters = algorithm(info, oid);
      byte[] key = info.bitString();
      info.end();
      return content.read(parameters, key);
    } catch (IOException e) {
      throw new InvalidKeyException("Unable to decode public key: " + e.getMessage(), e);
    }
  }

  static <K> K readPrivate(byte[] encoding, String oid, Content<K> content)
      throws InvalidKeyException {
    try {
      DerReader outer = DerReader.of(encoding);
      DerReader info = outer.enter(Der.SEQUENCE);
      outer.end();
      BigInteger version = info.integer();
      if (!version.equals(BigInteger.ZERO) && !version.equals(BigInteger.ONE)) {
        throw new IOException("PKCS#8 version " + version.add(BigInteger.ONE));
      }
      DerReader parameters = algorithm(info, oid);
      byte[] key = info.octetString();
      info.skip(Der.CONTEXT);
      if (version.equals(BigInteger.ONE)) {
        info.skip(PUBLIC_KEY);
      }
      info.end();
      return content.read(parameters, key);
    } catch (IOException e) {
      throw new InvalidKeyException("Unable to decode private key: " + e.getMessage(), e);
    }
  }

  /** The object identifier of the algorithm that a public key is for. */
  static String publicAlgorithm(byte[] encoding) throws InvalidKeyException {
    try {
      return DerReader.of(encoding).enter(Der.SEQUENCE).enter(Der.SEQUENCE).oid();
    } catch (IOException e) {
      throw new InvalidKeyException("Unable to decode public key: " + e.getMessage(), e);
    }
  }

  /** The object identifier of the algorithm that a private key is for. */
  static String privateAlgorithm(byte[] encoding) throws InvalidKeyException {
    try {
      DerReader info = DerReader.of(encoding).enter(Der.SEQUENCE);
      info.integer();
      return info.enter(Der.SEQUENCE).oid();
    } catch (IOException e) {
      throw new InvalidKeyException("Unable to decode private key: " + e.getMessage(), e);
    }
  }

  private static DerReader algorithm(DerReader info, String oid)
      throws IOException, InvalidKeyException {
    DerReader algorithm = info.enter(Der.SEQUENCE);
    String actual = algorithm.oid();
    if (!oid.equals(actual)) {
      throw new InvalidKeyException("Key of algorithm " + actual + ", expected " + oid);
    }
    return algorithm;
  }
}
