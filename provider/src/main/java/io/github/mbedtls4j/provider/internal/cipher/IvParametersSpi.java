package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.provider.internal.key.Der;
import io.github.mbedtls4j.provider.internal.key.DerReader;
import java.io.IOException;
import java.security.spec.InvalidParameterSpecException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.spec.IvParameterSpec;

/** The IV of a block cipher: an OCTET STRING, mostly of one block. */
public final class IvParametersSpi extends ParametersSpi<IvParameterSpec> {
  /** The usual one first. */
  private final int[] lengths;

  /** Parameters with an IV of one of so many bytes. */
  public IvParametersSpi(int... lengths) {
    super(IvParameterSpec.class);
    this.lengths = lengths;
  }

  private boolean takes(int length) {
    return Arrays.stream(lengths).anyMatch(each -> each == length);
  }

  @Override
  protected void check(IvParameterSpec value) throws InvalidParameterSpecException {
    if (!takes(value.getIV().length)) {
      throw new InvalidParameterSpecException("IV length not " + lengths[0] + " bytes long");
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
    if (!takes(iv.length)) {
      throw new IOException("IV not " + lengths[0] + " bytes long");
    }
    return new IvParameterSpec(iv);
  }

  @Override
  protected String describe(IvParameterSpec value) {
    return "\n    iv:\n[" + HexFormat.of().formatHex(value.getIV()) + "]\n";
  }
}
