package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.provider.internal.key.Der;
import io.github.mbedtls4j.provider.internal.key.DerReader;
import java.io.IOException;
import java.math.BigInteger;
import java.security.spec.InvalidParameterSpecException;
import java.util.HexFormat;
import javax.crypto.spec.GCMParameterSpec;

/** {@code GCMParameters} of RFC 5084: the nonce and the length of the tag in bytes. */
public final class GcmParametersSpi extends ParametersSpi<GCMParameterSpec> {
  private static final int DEFAULT_TAG = 12;
  private static final int LONGEST_TAG = 16;

  /** Parameters without a value yet. */
  public GcmParametersSpi() {
    super(GCMParameterSpec.class);
  }

  @Override
  void check(GCMParameterSpec value) throws InvalidParameterSpecException {
    // Others cannot be encoded or not be decoded again.
    int bits = value.getTLen();
    if (bits % 8 != 0 || bits / 8 < DEFAULT_TAG || bits / 8 > LONGEST_TAG) {
      throw new InvalidParameterSpecException(
          "GCM parameter parsing error: unsupported tag len: " + bits + " bits");
    }
  }

  @Override
  byte[] encode(GCMParameterSpec value) {
    byte[] iv = Der.octetString(value.getIV());
    int tag = value.getTLen() / 8;
    // DER leaves out what is the default.
    return tag == DEFAULT_TAG
        ? Der.sequence(iv)
        : Der.sequence(iv, Der.integer(BigInteger.valueOf(tag)));
  }

  @Override
  GCMParameterSpec decode(byte[] encoding) throws IOException {
    DerReader outer = DerReader.of(encoding);
    DerReader reader = outer.enter(Der.SEQUENCE);
    outer.end();
    byte[] iv = reader.octetString();
    int tag = DEFAULT_TAG;
    if (reader.next(Der.INTEGER)) {
      BigInteger bytes = reader.integer();
      if (bytes.compareTo(BigInteger.valueOf(DEFAULT_TAG)) < 0
          || bytes.compareTo(BigInteger.valueOf(LONGEST_TAG)) > 0) {
        throw new IOException("GCM parameter parsing error: unsupported tag len: " + bytes);
      }
      tag = bytes.intValue();
    }
    reader.end();
    return new GCMParameterSpec(tag * 8, iv);
  }

  @Override
  String describe(GCMParameterSpec value) {
    return "\n    iv:\n["
        + HexFormat.of().formatHex(value.getIV())
        + "]\ntLen(bits):\n"
        + value.getTLen()
        + "\n";
  }
}
