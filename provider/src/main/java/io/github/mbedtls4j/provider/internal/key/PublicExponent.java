package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.ModPow;
import io.github.mbedtls4j.nativeloader.handle.Rng;
import java.math.BigInteger;
import java.security.InvalidKeyException;

/** Finds the public exponent of a private key that was given without one. */
final class PublicExponent {
  private static final int USUAL = 65537;
  private static final int LAST = 1 << 17;

  private PublicExponent() {}

  /**
   * The usual exponent or else the smallest that fits.
   *
   * @throws InvalidKeyException if it is none of the exponents in use
   */
  static BigInteger find(BigInteger n, BigInteger d) throws InvalidKeyException {
    // For any x prime to n, (x^d)^e = x says that e is the exponent.
    BigInteger x = Unsigned.number(Rng.bytes(n.bitLength() / 8 - 1)).setBit(1);
    BigInteger power =
        Unsigned.number(ModPow.modPow(Unsigned.bytes(x), Unsigned.bytes(d), Unsigned.bytes(n)));
    if (power.modPow(BigInteger.valueOf(USUAL), n).equals(x)) {
      return BigInteger.valueOf(USUAL);
    }
    BigInteger square = power.multiply(power).mod(n);
    BigInteger current = power;
    for (int e = 3; e < LAST; e += 2) {
      current = current.multiply(square).mod(n);
      if (current.equals(x)) {
        return BigInteger.valueOf(e);
      }
    }
    throw new InvalidKeyException(
        "RSA private key without CRT numbers, whose public exponent is none below " + LAST);
  }
}
