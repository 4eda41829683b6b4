package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.MbedTlsException;
import io.github.mbedtls4j.nativeloader.handle.Rng;
import io.github.mbedtls4j.nativeloader.handle.RsaContext;
import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.spec.DHParameterSpec;

/** Generates Diffie-Hellman key pairs from the library's own randomness. */
public final class DhKeyPairGeneratorSpi extends KeyPairGeneratorSpi {
  private static final int MIN_BITS = 512;

  /** Null as long as the caller names none. */
  private DHParameterSpec params;

  @Override
  public void initialize(int keysize, SecureRandom random) {
    params =
        DhGroups.ofSize(keysize)
            .orElseThrow(
                () ->
                    new InvalidParameterException(
                        "There is no Diffie-Hellman group of " + keysize + " bits"));
  }

  @Override
  public void initialize(AlgorithmParameterSpec spec, SecureRandom random)
      throws InvalidAlgorithmParameterException {
    if (!(spec instanceof DHParameterSpec given)) {
      throw new InvalidAlgorithmParameterException("Inappropriate parameter type");
    }
    BigInteger p = given.getP();
    if (p.bitLength() < MIN_BITS || p.bitLength() > 8 * RsaContext.MAX_LENGTH || !p.testBit(0)) {
      throw new InvalidAlgorithmParameterException(
          "Diffie-Hellman modulus must be an odd prime of 512 to 8192 bits");
    }
    if (given.getG().signum() <= 0 || given.getG().compareTo(p) >= 0) {
      throw new InvalidAlgorithmParameterException("Diffie-Hellman generator is out of range");
    }
    if (given.getL() < 0 || given.getL() > p.bitLength()) {
      throw new InvalidAlgorithmParameterException(
          "Exponent size must be positive and no larger than modulus size");
    }
    params = given;
  }

  @Override
  public KeyPair generateKeyPair() {
    DHParameterSpec used =
        params != null ? params : DhGroups.ofSize(RunningJdk.defaultDhBits()).orElseThrow();
    BigInteger p = used.getP();
    int bits = used.getL() > 0 ? used.getL() : DhGroups.exponentBits(p);
    DHParameterSpec own = new DHParameterSpec(p, used.getG(), bits);
    DhPrivate privateKey = new DhPrivate(own, privateValue(p, bits));
    try {
      byte[] y = privateKey.power(used.getG());
      return new KeyPair(new DhPublic(own, Unsigned.number(y)), privateKey);
    } catch (MbedTlsException e) {
      throw new ProviderException("The library cannot make a key with these parameters", e);
    }
  }

  /** A number of exactly so many bits, as PKCS #3 wants it, that is below {@code p - 1}. */
  private static BigInteger privateValue(BigInteger p, int bits) {
    BigInteger limit = p.subtract(BigInteger.ONE);
    BigInteger x;
    do {
      x = Unsigned.number(Rng.bytes((bits + 7) / 8));
      x = x.shiftRight(x.bitLength() > bits ? (bits + 7) / 8 * 8 - bits : 0).setBit(bits - 1);
    } while (x.bitLength() != bits || x.compareTo(limit) >= 0);
    return x;
  }
}
