package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.RsaContext;
import java.io.IOException;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.List;

/** Encodings of RSA keys (RFC 8017 appendix A.1) and the limits that their numbers must keep. */
final class RsaCodec {
  static final String OID = "1.2.840.113549.1.1.1";
  static final int MIN_BITS = 512;
  static final int MAX_BITS = 8 * RsaContext.MAX_LENGTH;

  /** Beyond this modulus the JDK limits the public exponent too. */
  private static final int LIMITED_EXPONENT_FROM_BITS = 3072;

  private static final int LIMITED_EXPONENT_BITS = 64;
  private static final BigInteger THREE = BigInteger.valueOf(3);

  private RsaCodec() {}

  static byte[] encodePublic(RsaUse use, BigInteger n, BigInteger e) {
    return KeyInfo.publicKey(use.identifier(), Der.sequence(Der.integer(n), Der.integer(e)));
  }

  /** With numbers as {@code RSAPrivateKey} lists them: n, e, d, p, q, dP, dQ, qInv. */
  static byte[] encodePrivate(RsaUse use, BigInteger... numbers) {
    byte[][] elements = new byte[1 + numbers.length][];
    elements[0] = Der.integer(BigInteger.ZERO);
    for (int i = 0; i < numbers.length; i++) {
      elements[1 + i] = Der.integer(numbers[i]);
    }
    return KeyInfo.privateKey(use.identifier(), Der.sequence(elements));
  }

  static RsaPublic readPublic(byte[] encoding) throws InvalidKeyException {
    boolean pss = KeyInfo.publicAlgorithm(encoding).equals(RsaUse.PSS_OID);
    return KeyInfo.readPublic(
        encoding,
        pss ? RsaUse.PSS_OID : OID,
        (parameters, key) -> {
          RsaUse use = RsaUse.read(pss, parameters);
          DerReader outer = DerReader.of(key);
          DerReader numbers = outer.enter(Der.SEQUENCE);
          outer.end();
          BigInteger n = numbers.integer();
          BigInteger e = numbers.integer();
          numbers.end();
          return RsaPublic.of(use, n, e);
        });
  }

  static RsaPrivate readPrivate(byte[] encoding) throws InvalidKeyException {
    boolean pss = KeyInfo.privateAlgorithm(encoding).equals(RsaUse.PSS_OID);
    return KeyInfo.readPrivate(
        encoding,
        pss ? RsaUse.PSS_OID : OID,
        (parameters, key) -> {
          RsaUse use = RsaUse.read(pss, parameters);
          DerReader outer = DerReader.of(key);
          DerReader numbers = outer.enter(Der.SEQUENCE);
          outer.end();
          if (numbers.integer().signum() != 0) {
            throw new IOException("RSA key of more than two primes");
          }
          BigInteger[] values = new BigInteger[8];
          for (int i = 0; i < values.length; i++) {
            values[i] = numbers.integer();
          }
          numbers.end();
          return ofNumbers(use, values);
        });
  }

  /** A key with its CRT numbers, unless the encoding has zeros in their place as the JDK writes. */
  private static RsaPrivate ofNumbers(RsaUse use, BigInteger[] v) throws InvalidKeyException {
    boolean crt = v[1].signum() != 0;
    for (int i = 3; i < v.length; i++) {
      crt &= v[i].signum() != 0;
    }
    return crt ? RsaPrivateCrt.of(use, Arrays.asList(v)) : RsaPrivate.of(use, v[0], v[2]);
  }

  static void checkModulus(BigInteger n) throws InvalidKeyException {
    if (n.signum() <= 0 || !n.testBit(0)) {
      throw new InvalidKeyException("RSA modulus is not a positive odd number");
    }
    if (n.bitLength() < MIN_BITS) {
      throw new InvalidKeyException("RSA keys must be at least " + MIN_BITS + " bits long");
    }
    if (n.bitLength() > MAX_BITS) {
      throw new InvalidKeyException(
          "RSA key of "
              + n.bitLength()
              + " bits: the Mbed TLS library takes no more than "
              + MAX_BITS
              + " (MBEDTLS_MPI_MAX_SIZE)");
    }
  }

  static void checkExponent(BigInteger n, BigInteger e) throws InvalidKeyException {
    if (e.compareTo(n) >= 0) {
      throw new InvalidKeyException("exponent is larger than modulus");
    }
    if (e.compareTo(THREE) < 0 || !e.testBit(0)) {
      throw new InvalidKeyException("exponent is not an odd number of at least 3");
    }
    if (n.bitLength() > LIMITED_EXPONENT_FROM_BITS && e.bitLength() > LIMITED_EXPONENT_BITS) {
      throw new InvalidKeyException(
          "RSA exponents can be no longer than 64 bits if modulus is greater than 3072 bits");
    }
  }

  /** Bounds the secret numbers, so that no input makes the library compute for minutes. */
  static void checkSecrets(BigInteger n, List<BigInteger> secrets) throws InvalidKeyException {
    for (BigInteger secret : secrets) {
      if (secret.signum() <= 0 || secret.bitLength() > n.bitLength()) {
        throw new InvalidKeyException("RSA private key with a number that is out of range");
      }
    }
  }
}
