package io.github.mbedtls4j.provider.internal;

import java.security.InvalidParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;

/** Instantiates a row of the table: no reflection, so no package is opened for it. */
public final class MbedService extends Provider.Service {
  private final ServiceSpec spec;

  /** A service of {@code provider}. */
  public MbedService(Provider provider, ServiceSpec spec) {
    super(
        provider,
        spec.type(),
        spec.name(),
        spec.spiClass().getName(),
        spec.aliases(),
        spec.attributes());
    this.spec = spec;
  }

  /**
   * A new SPI object.
   *
   * @param parameter must be null unless the service takes one
   * @throws InvalidParameterException if it is not
   * @throws NoSuchAlgorithmException if the service refuses it
   */
  @Override
  public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
    if (spec.spi() instanceof ParameterFactory factory) {
      return factory.create(getProvider(), parameter);
    }
    // SecureRandomParameters are the only ones a caller can pass to a type that we offer.
    if (parameter != null) {
      throw new InvalidParameterException(
          getType() + "." + getAlgorithm() + " takes no parameter, got " + parameter.getClass());
    }
    return spec.spi().apply(getProvider());
  }
}
