package io.github.mbedtls4j.provider.internal.key;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.AlgorithmParametersSpi;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.InvalidParameterSpecException;
import java.util.Optional;

/** Asks the providers behind ours, without the JCA lookup that would begin with ours again. */
final class OtherProviders {
  /** Initialises parameters, or throws if their provider does not know the values. */
  interface Initialisation {
    void init(AlgorithmParameters parameters) throws InvalidParameterSpecException, IOException;
  }

  /** The class that JCA itself wraps an SPI object in. */
  private static final class Parameters extends AlgorithmParameters {
    Parameters(AlgorithmParametersSpi spi, Provider provider) {
      super(spi, provider, "EC");
    }
  }

  private OtherProviders() {}

  /** The EC parameters of the first provider other than {@code ours} that takes the values. */
  static Optional<AlgorithmParameters> ecParameters(Provider ours, Initialisation values) {
    for (Provider provider : Security.getProviders()) {
      // A second instance of our provider would ask the first one, and so on without end.
      Provider.Service service =
          provider.getClass() == ours.getClass()
              ? null
              : provider.getService("AlgorithmParameters", "EC");
      if (service == null) {
        continue;
      }
      try {
        Object spi = service.newInstance(null);
        AlgorithmParameters parameters = new Parameters((AlgorithmParametersSpi) spi, provider);
        values.init(parameters);
        return Optional.of(parameters);
      } catch (NoSuchAlgorithmException | InvalidParameterSpecException | IOException e) {
        // The next provider may know them.
      }
    }
    return Optional.empty();
  }
}
