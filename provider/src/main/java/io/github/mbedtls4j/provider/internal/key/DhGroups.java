package io.github.mbedtls4j.provider.internal.key;

import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.spec.DHParameterSpec;

/**
 * The groups that are used when a caller asks for a size: those of RFC 7919 from 2048 bits on,
 * below those of RFC 2409 and RFC 3526. All are safe primes with the generator 2.
 */
public final class DhGroups {
  private static final int RFC7919 = 2048;
  private static final ConcurrentMap<Integer, DHParameterSpec> GROUPS = new ConcurrentHashMap<>();

  private DhGroups() {}

  /** The group of a size; its exponents are long enough for the group's strength. */
  public static Optional<DHParameterSpec> ofSize(int bits) {
    int exponent = exponentBits(bits);
    return exponent == 0
        ? Optional.empty()
        : Optional.of(
            GROUPS.computeIfAbsent(
                bits, size -> new DHParameterSpec(prime(size), BigInteger.TWO, exponent)));
  }

  /** For RFC 7919, twice the strength that its appendix A gives. */
  private static int exponentBits(int bits) {
    return switch (bits) {
      case 768, 1024 -> 160;
      case 1536 -> 200;
      case 2048 -> 225;
      case 3072 -> 275;
      case 4096 -> 325;
      case 6144 -> 375;
      case 8192 -> 400;
      default -> 0;
    };
  }

  /** How long an exponent should be in a group that does not say so. */
  static int exponentBits(BigInteger p) {
    return ofSize(p.bitLength())
        .filter(group -> group.getP().equals(p))
        .map(DHParameterSpec::getL)
        .orElse(p.bitLength() / 2);
  }

  /** {@code 2^n - 2^(n-64) + (floor(2^(n-130) * constant) + offset) * 2^64 - 1}. */
  private static BigInteger prime(int n) {
    BigInteger middle =
        (n >= RFC7919 ? euler(n - 130) : pi(n - 130)).add(BigInteger.valueOf(offset(n)));
    return power(n).subtract(power(n - 64)).add(middle.shiftLeft(64)).subtract(BigInteger.ONE);
  }

  /** As the RFCs give it: the smallest that makes a safe prime. */
  private static int offset(int bits) {
    return switch (bits) {
      case 768 -> 149_686;
      case 1024 -> 129_093;
      case 1536 -> 741_804;
      case 2048 -> 560_316;
      case 3072 -> 2_625_351;
      case 4096 -> 5_736_041;
      case 6144 -> 15_705_020;
      case 8192 -> 10_965_728;
      default -> throw new IllegalArgumentException("no group of " + bits + " bits");
    };
  }

  private static BigInteger power(int n) {
    return BigInteger.ONE.shiftLeft(n);
  }

  private static final int GUARD = 64;

  /** {@code floor(2^bits * e)}. */
  private static BigInteger euler(int bits) {
    BigInteger term = power(bits + GUARD);
    BigInteger sum = term;
    for (int k = 1; term.signum() > 0; k++) {
      term = term.divide(BigInteger.valueOf(k));
      sum = sum.add(term);
    }
    return sum.shiftRight(GUARD);
  }

  /** {@code floor(2^bits * pi)} by Machin's formula. */
  private static BigInteger pi(int bits) {
    return arctan(5, bits).shiftLeft(2).subtract(arctan(239, bits)).shiftLeft(2).shiftRight(GUARD);
  }

  private static BigInteger arctan(int inverse, int bits) {
    BigInteger square = BigInteger.valueOf((long) inverse * inverse);
    BigInteger term = power(bits + GUARD).divide(BigInteger.valueOf(inverse));
    BigInteger sum = term;
    for (int k = 3; term.signum() > 0; k += 2) {
      term = term.divide(square);
      BigInteger part = term.divide(BigInteger.valueOf(k));
      sum = k % 4 == 3 ? sum.subtract(part) : sum.add(part);
    }
    return sum;
  }
}
