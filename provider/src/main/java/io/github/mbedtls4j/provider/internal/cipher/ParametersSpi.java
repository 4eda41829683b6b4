package io.github.mbedtls4j.provider.internal.cipher;

import java.io.IOException;
import java.security.AlgorithmParametersSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;

/**
 * Parameters that have one specification class and one encoding.
 *
 * @param <S> the specification class
 */
public abstract class ParametersSpi<S extends AlgorithmParameterSpec>
    extends AlgorithmParametersSpi {
  private final Class<S> specClass;
  private S value;

  protected ParametersSpi(Class<S> specClass) {
    this.specClass = specClass;
  }

  /** Refuses values that cannot be encoded. */
  protected abstract void check(S value) throws InvalidParameterSpecException;

  protected abstract byte[] encode(S value) throws IOException;

  protected abstract S decode(byte[] encoding) throws IOException;

  protected abstract String describe(S value);

  @Override
  protected void engineInit(AlgorithmParameterSpec spec) throws InvalidParameterSpecException {
    if (!specClass.isInstance(spec)) {
      throw inappropriate();
    }
    S given = specClass.cast(spec);
    check(given);
    value = given;
  }

  @Override
  protected void engineInit(byte[] encoding) throws IOException {
    value = decode(encoding);
  }

  @Override
  protected void engineInit(byte[] encoding, String format) throws IOException {
    if (format != null && !format.equalsIgnoreCase("ASN.1")) {
      throw new IllegalArgumentException("Only support ASN.1 format");
    }
    engineInit(encoding);
  }

  @Override
  protected <T extends AlgorithmParameterSpec> T engineGetParameterSpec(Class<T> wanted)
      throws InvalidParameterSpecException {
    if (!wanted.isAssignableFrom(specClass)) {
      throw inappropriate();
    }
    return wanted.cast(value);
  }

  private static InvalidParameterSpecException inappropriate() {
    return new InvalidParameterSpecException("Inappropriate parameter specification");
  }

  @Override
  protected byte[] engineGetEncoded() throws IOException {
    if (value == null) {
      throw new IOException("not initialized");
    }
    return encode(value);
  }

  @Override
  protected byte[] engineGetEncoded(String format) throws IOException {
    return engineGetEncoded();
  }

  @Override
  protected String engineToString() {
    return describe(value);
  }
}
