package io.github.mbedtls4j.provider.internal;

import java.security.Provider;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A row of the service table.
 *
 * @param type the JCA service type, such as {@code Signature}
 * @param name the standard name
 * @param aliases other names, object identifiers among them
 * @param attributes the service attributes, such as {@code SupportedKeyClasses}
 * @param needs what the library must have, in words
 * @param probe whether the loaded library has it
 * @param spi makes the SPI object; its argument is the provider
 * @param spiClass the class of the SPI object
 */
public record ServiceSpec(
    String type,
    String name,
    List<String> aliases,
    Map<String, String> attributes,
    String needs,
    BooleanSupplier probe,
    Function<Provider, Object> spi,
    Class<?> spiClass) {

  /** Whether the loaded library backs this service. */
  public boolean supported() {
    return probe.getAsBoolean();
  }
}
