package io.github.mbedtls4j.provider.internal.agreement;

import io.github.mbedtls4j.provider.internal.cipher.OwnParameters;
import io.github.mbedtls4j.provider.internal.key.DhGroups;
import io.github.mbedtls4j.provider.internal.key.RunningJdk;
import java.security.AlgorithmParameterGeneratorSpi;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.function.Supplier;
import javax.crypto.spec.DHGenParameterSpec;
import javax.crypto.spec.DHParameterSpec;

/** Gives the well-known group of a size: nobody's own prime is better, and it takes no minutes. */
public final class DhParameterGeneratorSpi extends AlgorithmParameterGeneratorSpi {
  private final Provider provider;

  /** Null as long as the caller names none. */
  private DHParameterSpec params;

  /** A generator that makes parameters of {@code provider}. */
  public DhParameterGeneratorSpi(Provider provider) {
    this.provider = provider;
  }

  @Override
  protected void engineInit(int size, SecureRandom random) {
    params =
        group(
            size, 0, () -> new InvalidParameterException("There is no group of " + size + " bits"));
  }

  @Override
  protected void engineInit(AlgorithmParameterSpec spec, SecureRandom random)
      throws InvalidAlgorithmParameterException {
    if (!(spec instanceof DHGenParameterSpec given)) {
      throw new InvalidAlgorithmParameterException("Inappropriate parameter type");
    }
    if (given.getExponentSize() < 0 || given.getExponentSize() >= given.getPrimeSize()) {
      throw new InvalidAlgorithmParameterException(
          "Exponent size must be positive and smaller than modulus size");
    }
    params =
        group(
            given.getPrimeSize(),
            given.getExponentSize(),
            () ->
                new InvalidAlgorithmParameterException(
                    "There is no group of " + given.getPrimeSize() + " bits"));
  }

  private static <E extends Exception> DHParameterSpec group(
      int size, int exponent, Supplier<E> refusal) throws E {
    DHParameterSpec group = DhGroups.ofSize(size).orElseThrow(refusal);
    return new DHParameterSpec(group.getP(), group.getG(), exponent);
  }

  @Override
  protected AlgorithmParameters engineGenerateParameters() {
    DHParameterSpec used =
        params != null ? params : group(RunningJdk.defaultDhBits(), 0, IllegalStateException::new);
    return OwnParameters.of(provider, "DiffieHellman", new DhParametersSpi(), used);
  }
}
