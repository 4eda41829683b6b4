package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.RsaContext;
import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.List;

/** Generates RSA key pairs. Randomness is the library's own, whatever the caller passes. */
public final class RsaKeyPairGeneratorSpi extends KeyPairGeneratorSpi {
  private final boolean pss;
  private RsaUse use;
  private int bits = RunningJdk.defaultRsaBits();
  private int exponent = RSAKeyGenParameterSpec.F4.intValue();

  /** A generator of keys for anything, or for RSASSA-PSS alone. */
  public RsaKeyPairGeneratorSpi(boolean pss) {
    this.pss = pss;
    this.use = new RsaUse(pss, null);
  }

  @Override
  public void initialize(int keysize, SecureRandom random) {
    try {
      initialize(new RSAKeyGenParameterSpec(keysize, RSAKeyGenParameterSpec.F4), random);
    } catch (InvalidAlgorithmParameterException e) {
      // Takes no cause before JDK 20.
      InvalidParameterException refused = new InvalidParameterException(e.getMessage());
      refused.initCause(e);
      throw refused;
    }
  }

  @Override
  public void initialize(AlgorithmParameterSpec params, SecureRandom random)
      throws InvalidAlgorithmParameterException {
    if (!(params instanceof RSAKeyGenParameterSpec spec)) {
      throw new InvalidAlgorithmParameterException(
          "Params must be instance of RSAKeyGenParameterSpec");
    }
    RsaUse wanted;
    try {
      wanted = RsaUse.of(pss, spec.getKeyParams());
    } catch (InvalidKeyException e) {
      throw new InvalidAlgorithmParameterException("Invalid key parameters", e);
    }
    int keysize = spec.getKeysize();
    if (keysize < RsaCodec.MIN_BITS || keysize > RsaCodec.MAX_BITS || keysize % 2 != 0) {
      throw new InvalidAlgorithmParameterException(
          "RSA keys must have an even number of bits between "
              + RsaCodec.MIN_BITS
              + " and the library's limit of "
              + RsaCodec.MAX_BITS);
    }
    exponent = exponent(spec.getPublicExponent());
    bits = keysize;
    use = wanted;
  }

  private static int exponent(BigInteger e) throws InvalidAlgorithmParameterException {
    if (e == null) {
      return RSAKeyGenParameterSpec.F4.intValue();
    }
    if (!e.testBit(0)) {
      throw new InvalidAlgorithmParameterException("Public exponent must be an odd number");
    }
    if (e.compareTo(BigInteger.valueOf(3)) < 0) {
      throw new InvalidAlgorithmParameterException("Public exponent must be 3 or larger");
    }
    if (e.bitLength() > Integer.SIZE - 1) {
      throw new InvalidAlgorithmParameterException(
          "Public exponent must be no longer than the library's limit of 31 bits");
    }
    return e.intValue();
  }

  @Override
  public KeyPair generateKeyPair() {
    RsaContext generated = RsaContext.generate(bits, exponent);
    List<BigInteger> numbers = generated.numbers().stream().map(Unsigned::number).toList();
    try {
      RsaPrivateCrt privateKey = RsaPrivateCrt.of(use, numbers);
      privateKey.adopt(generated);
      return new KeyPair(RsaPublic.of(use, numbers.get(0), numbers.get(1)), privateKey);
    } catch (InvalidKeyException e) {
      throw new ProviderException("the library generated an unusable key", e);
    }
  }
}
