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
   * @throws NoSuchAlgorithmException if the service refuses it, or the object cannot be made, as
   *     every provider's does
   */
  @Override
  public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
    ParameterFactory factory = spec.spi() instanceof ParameterFactory takes ? takes : null;
    if (parameter != null && factory == null) {
      throw new InvalidParameterException(
          getType() + "." + getAlgorithm() + " takes no parameter, got " + parameter.getClass());
    }
    try {
      return factory == null
          ? spec.spi().apply(getProvider())
          : factory.create(getProvider(), parameter);
    } catch (RuntimeException e) {
      throw new NoSuchAlgorithmException(
          getType() + "." + getAlgorithm() + " cannot be made: " + e.getMessage(), e);
    }
  }
}
