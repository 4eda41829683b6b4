package io.github.mbedtls4j.provider.internal.agreement;

import io.github.mbedtls4j.provider.internal.cipher.ParametersSpi;
import io.github.mbedtls4j.provider.internal.key.DerReader;
import io.github.mbedtls4j.provider.internal.key.DhCodec;
import java.io.IOException;
import java.security.spec.InvalidParameterSpecException;
import javax.crypto.spec.DHParameterSpec;

/** Diffie-Hellman parameters (PKCS #3). */
public final class DhParametersSpi extends ParametersSpi<DHParameterSpec> {
  /** Parameters without a value yet. */
  public DhParametersSpi() {
    super(DHParameterSpec.class);
  }

  @Override
  protected void check(DHParameterSpec value) throws InvalidParameterSpecException {
    if (value.getP() == null || value.getG() == null) {
      throw new InvalidParameterSpecException("Diffie-Hellman parameters without p or g");
    }
  }

  @Override
  protected byte[] encode(DHParameterSpec value) {
    return DhCodec.encode(value);
  }

  @Override
  protected DHParameterSpec decode(byte[] encoding) throws IOException {
    return DhCodec.decode(DerReader.of(encoding));
  }

  @Override
  protected String describe(DHParameterSpec value) {
    return "Diffie-Hellman parameters\n  p: "
        + value.getP()
        + "\n  g: "
        + value.getG()
        + "\n  l: "
        + value.getL();
  }
}
