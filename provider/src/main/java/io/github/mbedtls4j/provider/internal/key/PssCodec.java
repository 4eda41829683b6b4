package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.List;

/** {@code RSASSA-PSS-params} of RFC 8017 appendix A.2.3. */
public final class PssCodec {
  private static final int DEFAULT_SALT = 20;

  private PssCodec() {}

  /** Refuses what cannot be encoded. */
  public static void check(PSSParameterSpec value) throws InvalidParameterSpecException {
    if (!value.getMGFAlgorithm().equalsIgnoreCase("MGF1")) {
      throw new InvalidParameterSpecException(
          "Unsupported mgf " + value.getMGFAlgorithm() + "; MGF1 only");
    }
    if (!(value.getMGFParameters() instanceof MGF1ParameterSpec)) {
      throw new InvalidParameterSpecException(
          "Inappropriate mgf parameters; non-null MGF1ParameterSpec only");
    }
  }

  /** The encoding, which leaves out what has its default value. */
  public static byte[] encode(PSSParameterSpec value) throws IOException {
    String hash = Hashes.oid(value.getDigestAlgorithm());
    String mask = Hashes.oid(((MGF1ParameterSpec) value.getMGFParameters()).getDigestAlgorithm());
    List<byte[]> elements = new ArrayList<>();
    if (!hash.equals(Hash.SHA1.oid())) {
      elements.add(Der.element(Der.CONTEXT, Hashes.encode(hash)));
    }
    if (!mask.equals(Hash.SHA1.oid())) {
      elements.add(Der.element(Der.CONTEXT + 1, Hashes.encodeMgf(mask)));
    }
    if (value.getSaltLength() != DEFAULT_SALT) {
      elements.add(number(2, value.getSaltLength()));
    }
    if (value.getTrailerField() != PSSParameterSpec.TRAILER_FIELD_BC) {
      elements.add(number(3, value.getTrailerField()));
    }
    return Der.sequence(elements.toArray(byte[][]::new));
  }

  /** The encoding of parameters that were checked when their key was made. */
  static byte[] encodeChecked(PSSParameterSpec value) {
    try {
      return encode(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] number(int tag, int value) {
    return Der.element(Der.CONTEXT + tag, Der.integer(BigInteger.valueOf(value)));
  }

  /** The parameters of an encoding. */
  public static PSSParameterSpec decode(DerReader outer) throws IOException {
    DerReader reader = outer.enter(Der.SEQUENCE);
    outer.end();
    String hash = Hashes.decodeOptional(reader);
    String mask = Hashes.decodeOptionalMgf(reader);
    int salt = number(reader, 2, DEFAULT_SALT);
    int trailer = number(reader, 3, PSSParameterSpec.TRAILER_FIELD_BC);
    reader.end();
    return new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(mask), salt, trailer);
  }

  private static int number(DerReader reader, int tag, int otherwise) throws IOException {
    if (!reader.next(Der.CONTEXT + tag)) {
      return otherwise;
    }
    DerReader element = reader.enter(Der.CONTEXT + tag);
    BigInteger value = element.integer();
    element.end();
    if (value.signum() < 0 || value.bitLength() > 31) {
      throw new IOException("number in RSASSA-PSS parameters is out of range: " + value);
    }
    return value.intValue();
  }
}
