package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.provider.internal.key.Der;
import io.github.mbedtls4j.provider.internal.key.DerReader;
import java.io.IOException;
import java.math.BigInteger;
import java.security.spec.InvalidParameterSpecException;
import java.util.HexFormat;
import javax.crypto.spec.GCMParameterSpec;

/** GCMParameters and CCMParameters of RFC 5084: the nonce and the length of the tag in bytes. */
public final class GcmParametersSpi extends ParametersSpi<GCMParameterSpec> {
  private static final int DEFAULT_TAG = 12;
  private static final int LONGEST_TAG = 16;

  private final String mode;
  private final int shortestTag;
  private final int step;

  private GcmParametersSpi(String mode, int shortestTag, int step) {
    super(GCMParameterSpec.class);
    this.mode = mode;
    this.shortestTag = shortestTag;
    this.step = step;
  }

  /** Parameters of GCM, without a value yet. */
  public static GcmParametersSpi gcm() {
    return new GcmParametersSpi("GCM", DEFAULT_TAG, 1);
  }

  /** Parameters of CCM, without a value yet. */
  public static GcmParametersSpi ccm() {
    return new GcmParametersSpi("CCM", 4, 2);
  }

  @Override
  protected void check(GCMParameterSpec value) throws InvalidParameterSpecException {
    // Others cannot be encoded or not be decoded again.
    int bits = value.getTLen();
    if (bits % (8 * step) != 0 || bits / 8 < shortestTag || bits / 8 > LONGEST_TAG) {
      throw new InvalidParameterSpecException(
          mode + " parameter parsing error: unsupported tag len: " + bits + " bits");
    }
  }

  @Override
  protected byte[] encode(GCMParameterSpec value) {
    byte[] iv = Der.octetString(value.getIV());
    int tag = value.getTLen() / 8;
    // DER leaves out what is the default.
    return tag == DEFAULT_TAG
        ? Der.sequence(iv)
        : Der.sequence(iv, Der.integer(BigInteger.valueOf(tag)));
  }

  @Override
  protected GCMParameterSpec decode(byte[] encoding) throws IOException {
    DerReader outer = DerReader.of(encoding);
    DerReader reader = outer.enter(Der.SEQUENCE);
    outer.end();
    byte[] iv = reader.octetString();
    int tag = DEFAULT_TAG;
    if (reader.next(Der.INTEGER)) {
      BigInteger bytes = reader.integer();
      if (bytes.compareTo(BigInteger.valueOf(shortestTag)) < 0
          || bytes.compareTo(BigInteger.valueOf(LONGEST_TAG)) > 0
          || bytes.intValue() % step != 0) {
        throw new IOException(mode + " parameter parsing error: unsupported tag len: " + bytes);
      }
      tag = bytes.intValue();
    }
    reader.end();
    return new GCMParameterSpec(tag * 8, iv);
  }

  @Override
  protected String describe(GCMParameterSpec value) {
    return "\n    iv:\n["
        + HexFormat.of().formatHex(value.getIV())
        + "]\ntLen(bits):\n"
        + value.getTLen()
        + "\n";
  }
}
