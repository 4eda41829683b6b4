package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.Curve;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.spec.ECParameterSpec;
import java.security.spec.InvalidParameterSpecException;

/** {@link AlgorithmParameters} that wrap our own SPI, made without a JCA lookup. */
public final class EcParameters extends AlgorithmParameters {
  private EcParameters(Provider provider) {
    super(new EcParametersSpi(provider), provider, "EC");
  }

  /** The parameters of a curve. */
  public static AlgorithmParameters of(Provider provider, Curve curve) {
    AlgorithmParameters parameters = new EcParameters(provider);
    try {
      parameters.init(Curves.spec(curve));
    } catch (InvalidParameterSpecException e) {
      throw new ProviderException("our own curve " + curve, e);
    }
    return parameters;
  }

  /** The curve that parameters for a signature stand for. */
  public static Curve curve(ECParameterSpec spec) throws InvalidAlgorithmParameterException {
    return Curves.of(spec)
        .orElseThrow(() -> new InvalidAlgorithmParameterException("Curve not supported: " + spec));
  }
}
