package io.github.mbedtls4j.provider.internal.cipher;

import java.security.AlgorithmParameters;
import java.security.AlgorithmParametersSpi;
import java.security.Provider;
import java.security.ProviderException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;

/** Parameters of this provider, made without a look-up by name, which would recurse. */
public final class OwnParameters extends AlgorithmParameters {
  private OwnParameters(AlgorithmParametersSpi spi, Provider provider, String algorithm) {
    super(spi, provider, algorithm);
  }

  /** Parameters with a value. */
  public static AlgorithmParameters of(
      Provider provider,
      String algorithm,
      AlgorithmParametersSpi spi,
      AlgorithmParameterSpec value) {
    AlgorithmParameters parameters = new OwnParameters(spi, provider, algorithm);
    try {
      parameters.init(value);
    } catch (InvalidParameterSpecException e) {
      throw new ProviderException(algorithm + " parameters in use are invalid", e);
    }
    return parameters;
  }
}
