package io.github.mbedtls4j.provider.internal.rsa;

import io.github.mbedtls4j.provider.internal.cipher.ParametersSpi;
import io.github.mbedtls4j.provider.internal.key.Der;
import io.github.mbedtls4j.provider.internal.key.DerReader;
import io.github.mbedtls4j.provider.internal.key.Hashes;
import java.io.IOException;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.MGF1ParameterSpec;
import java.util.HexFormat;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** {@code RSAES-OAEP-params} of RFC 8017 appendix A.2.1. */
public final class OaepParametersSpi extends ParametersSpi<OAEPParameterSpec> {
  private static final String P_SPECIFIED = "1.2.840.113549.1.1.9";

  /** Parameters without a value yet. */
  public OaepParametersSpi() {
    super(OAEPParameterSpec.class);
  }

  @Override
  protected void check(OAEPParameterSpec value) throws InvalidParameterSpecException {
    if (!value.getMGFAlgorithm().equals("MGF1")) {
      throw new InvalidParameterSpecException(
          "Unsupported mgf " + value.getMGFAlgorithm() + "; MGF1 only");
    }
    if (!(value.getMGFParameters() instanceof MGF1ParameterSpec)) {
      throw new InvalidParameterSpecException(
          "Inappropriate mgf parameters; non-null MGF1ParameterSpec only");
    }
    if (!(value.getPSource() instanceof PSource.PSpecified)) {
      throw new InvalidParameterSpecException("Unsupported pSource; PSpecified only");
    }
  }

  @Override
  protected byte[] encode(OAEPParameterSpec value) throws IOException {
    // SunJCE writes the defaults too; so do we.
    return Der.sequence(
        Der.element(Der.CONTEXT, Hashes.encode(Hashes.oid(value.getDigestAlgorithm()))),
        Der.element(Der.CONTEXT + 1, Hashes.encodeMgf(maskHash(value))),
        Der.element(
            Der.CONTEXT + 2,
            Der.sequence(
                Der.oid(P_SPECIFIED),
                Der.octetString(((PSource.PSpecified) value.getPSource()).getValue()))));
  }

  private static String maskHash(OAEPParameterSpec value) throws IOException {
    return Hashes.oid(((MGF1ParameterSpec) value.getMGFParameters()).getDigestAlgorithm());
  }

  @Override
  protected OAEPParameterSpec decode(byte[] encoding) throws IOException {
    DerReader outer = DerReader.of(encoding);
    DerReader reader = outer.enter(Der.SEQUENCE);
    outer.end();
    String hash = Hashes.decodeOptional(reader);
    String maskHash = Hashes.decodeOptionalMgf(reader);
    byte[] label = {};
    if (reader.next(Der.CONTEXT + 2)) {
      DerReader source = reader.enter(Der.CONTEXT + 2).enter(Der.SEQUENCE);
      if (!source.oid().equals(P_SPECIFIED)) {
        throw new IOException("OAEP label that is not given in the parameters");
      }
      label = source.octetString();
      source.end();
    }
    reader.end();
    return new OAEPParameterSpec(
        hash, "MGF1", new MGF1ParameterSpec(maskHash), new PSource.PSpecified(label));
  }

  @Override
  protected String describe(OAEPParameterSpec value) {
    return "MD: "
        + value.getDigestAlgorithm()
        + "\nMGF: MGF1"
        + ((MGF1ParameterSpec) value.getMGFParameters()).getDigestAlgorithm()
        + "\nPSource: PSpecified "
        + HexFormat.of().formatHex(((PSource.PSpecified) value.getPSource()).getValue())
        + "\n";
  }
}
