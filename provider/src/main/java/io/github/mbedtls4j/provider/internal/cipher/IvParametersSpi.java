package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.provider.internal.key.Der;
import io.github.mbedtls4j.provider.internal.key.DerReader;
import java.io.IOException;
import java.security.spec.InvalidParameterSpecException;
import java.util.HexFormat;
import javax.crypto.spec.IvParameterSpec;

/** The IV of a block cipher: an OCTET STRING of one block. */
public final class IvParametersSpi extends ParametersSpi<IvParameterSpec> {
  private final int length;

  /** Parameters with an IV of {@code length} bytes. */
  public IvParametersSpi(int length) {
    super(IvParameterSpec.class);
    this.length = length;
  }

  @Override
  protected void check(IvParameterSpec value) throws InvalidParameterSpecException {
    if (value.getIV().length != length) {
      throw new InvalidParameterSpecException("IV length not " + length + " bytes long");
    }
  }

  @Override
  protected byte[] encode(IvParameterSpec value) {
    return Der.octetString(value.getIV());
  }

  @Override
  protected IvParameterSpec decode(byte[] encoding) throws IOException {
    DerReader reader = DerReader.of(encoding);
    byte[] iv = reader.octetString();
    reader.end();
    if (iv.length != length) {
      throw new IOException("IV not " + length + " bytes long");
    }
    return new IvParameterSpec(iv);
  }

  @Override
  protected String describe(IvParameterSpec value) {
    return "\n    iv:\n[" + HexFormat.of().formatHex(value.getIV()) + "]\n";
  }
}
