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
abstract class ParametersSpi<S extends AlgorithmParameterSpec> extends AlgorithmParametersSpi {
  private final Class<S> specClass;
  private S value;

  ParametersSpi(Class<S> specClass) {
    this.specClass = specClass;
  }

  /** Refuses values that cannot be encoded. */
  abstract void check(S value) throws InvalidParameterSpecException;

  abstract byte[] encode(S value);

  abstract S decode(byte[] encoding) throws IOException;

  abstract String describe(S value);

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
  protected byte[] engineGetEncoded() {
    return encode(value);
  }

  @Override
  protected byte[] engineGetEncoded(String format) {
    return encode(value);
  }

  @Override
  protected String engineToString() {
    return describe(value);
  }
}
