package io.github.mbedtls4j.provider.internal;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.function.Function;

/** Makes the SPI objects of a service whose {@code getInstance} takes parameters. */
public interface ParameterFactory extends Function<Provider, Object> {
  /**
   * A new SPI object.
   *
   * @param parameters null if the caller gave none
   * @throws NoSuchAlgorithmException caused by what is wrong with the parameters
   */
  Object create(Provider provider, Object parameters) throws NoSuchAlgorithmException;

  @Override
  default Object apply(Provider provider) {
    try {
      return create(provider, null);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // nothing was given that could be wrong
    }
  }
}
