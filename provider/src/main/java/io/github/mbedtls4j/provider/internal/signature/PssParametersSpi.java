package io.github.mbedtls4j.provider.internal.signature;

import io.github.mbedtls4j.provider.internal.cipher.ParametersSpi;
import io.github.mbedtls4j.provider.internal.key.DerReader;
import io.github.mbedtls4j.provider.internal.key.PssCodec;
import java.io.IOException;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.PSSParameterSpec;

/** The parameters of RSASSA-PSS. */
public final class PssParametersSpi extends ParametersSpi<PSSParameterSpec> {
  /** Parameters without a value yet. */
  public PssParametersSpi() {
    super(PSSParameterSpec.class);
  }

  @Override
  protected void check(PSSParameterSpec value) throws InvalidParameterSpecException {
    PssCodec.check(value);
  }

  @Override
  protected byte[] encode(PSSParameterSpec value) throws IOException {
    return PssCodec.encode(value);
  }

  @Override
  protected PSSParameterSpec decode(byte[] encoding) throws IOException {
    return PssCodec.decode(DerReader.of(encoding));
  }

  @Override
  protected String describe(PSSParameterSpec value) {
    return value.toString();
  }
}
