package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.Curve;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.AlgorithmParametersSpi;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.util.Optional;

/**
 * EC domain parameters. What is none of our curves is left to the next provider: the JDK's own EC
 * code looks its parameters up through JCA, with specification classes that only its provider
 * knows, and so meets ours when it stands first.
 */
public final class EcParametersSpi extends AlgorithmParametersSpi {
  private final Provider provider;
  private Curve curve;

  /** Another provider's parameters, if it took what we do not know. */
  private AlgorithmParameters foreign;

  /** Parameters that are yet to be initialised. */
  public EcParametersSpi(Provider provider) {
    this.provider = provider;
  }

  @Override
  protected void engineInit(AlgorithmParameterSpec spec) throws InvalidParameterSpecException {
    if (spec == null) {
      throw new InvalidParameterSpecException("paramSpec must not be null");
    }
    Optional<Curve> known = Optional.empty();
    if (spec instanceof ECParameterSpec values) {
      known = Curves.of(values);
    } else if (spec instanceof ECGenParameterSpec named) {
      known = Curves.named(named.getName());
    }
    if (known.isPresent()) {
      curve = known.get();
      return;
    }
    foreign =
        OtherProviders.ecParameters(provider, parameters -> parameters.init(spec))
            .orElseThrow(
                () ->
                    new InvalidParameterSpecException(
                        spec instanceof ECParameterSpec || spec instanceof ECGenParameterSpec
                            ? "Not a supported curve: " + spec
                            : "Only ECParameterSpec and ECGenParameterSpec supported"));
    curve = curve(foreign);
  }

  @Override
  protected void engineInit(byte[] encoding) throws IOException {
    try {
      curve = EcCodec.readCurve(DerReader.of(encoding));
    } catch (InvalidKeyException e) {
      foreign =
          OtherProviders.ecParameters(provider, parameters -> parameters.init(encoding))
              .orElseThrow(() -> new IOException(e.getMessage(), e));
      curve = curve(foreign);
    }
  }

  @Override
  protected void engineInit(byte[] encoding, String format) throws IOException {
    engineInit(encoding);
  }

  /** Which of our curves another provider's parameters stand for; null if none. */
  private static Curve curve(AlgorithmParameters foreign) {
    try {
      return Curves.of(foreign.getParameterSpec(ECParameterSpec.class)).orElse(null);
    } catch (InvalidParameterSpecException e) {
      return null;
    }
  }

  @Override
  protected <T extends AlgorithmParameterSpec> T engineGetParameterSpec(Class<T> wanted)
      throws InvalidParameterSpecException {
    if (curve == null) {
      return foreign.getParameterSpec(wanted);
    }
    if (wanted.isAssignableFrom(ECParameterSpec.class)) {
      return wanted.cast(Curves.spec(curve));
    }
    if (wanted.isAssignableFrom(ECGenParameterSpec.class)) {
      return wanted.cast(new ECGenParameterSpec(curve.oid()));
    }
    ECParameterSpec spec = Curves.spec(curve);
    return OtherProviders.ecParameters(provider, parameters -> parameters.init(spec))
        .orElseThrow(
            () ->
                new InvalidParameterSpecException(
                    "Only ECParameterSpec and ECGenParameterSpec supported"))
        .getParameterSpec(wanted);
  }

  @Override
  protected byte[] engineGetEncoded() throws IOException {
    return curve == null ? foreign.getEncoded() : Der.oid(curve.oid());
  }

  @Override
  protected byte[] engineGetEncoded(String format) throws IOException {
    return engineGetEncoded();
  }

  @Override
  protected String engineToString() {
    return curve == null ? String.valueOf(foreign) : Curves.spec(curve).toString();
  }
}
