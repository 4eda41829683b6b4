package io.github.mbedtls4j.provider.internal.rsa;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.provider.internal.cipher.ParametersSpi;
import io.github.mbedtls4j.provider.internal.key.Der;
import io.github.mbedtls4j.provider.internal.key.DerReader;
import java.io.IOException;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.MGF1ParameterSpec;
import java.util.HexFormat;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** {@code RSAES-OAEP-params} of RFC 8017 appendix A.2.1. */
public final class OaepParametersSpi extends ParametersSpi<OAEPParameterSpec> {
  static final String MGF1 = "1.2.840.113549.1.1.8";
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
        Der.element(Der.CONTEXT, Hashes.encode(hash(value.getDigestAlgorithm()))),
        Der.element(Der.CONTEXT + 1, encodeMgf(maskHash(value))),
        Der.element(
            Der.CONTEXT + 2,
            Der.sequence(
                Der.oid(P_SPECIFIED),
                Der.octetString(((PSource.PSpecified) value.getPSource()).getValue()))));
  }

  static byte[] encodeMgf(Hash hash) {
    return Der.sequence(Der.oid(MGF1), Hashes.encode(hash));
  }

  private static Hash maskHash(OAEPParameterSpec value) throws IOException {
    return hash(((MGF1ParameterSpec) value.getMGFParameters()).getDigestAlgorithm());
  }

  static Hash hash(String name) throws IOException {
    return Hashes.named(name)
        .orElseThrow(() -> new IOException("AlgorithmId " + name + " impl not found"));
  }

  @Override
  protected OAEPParameterSpec decode(byte[] encoding) throws IOException {
    DerReader outer = DerReader.of(encoding);
    DerReader reader = outer.enter(Der.SEQUENCE);
    outer.end();
    Hash hash = Hash.SHA1;
    if (reader.next(Der.CONTEXT)) {
      hash = Hashes.decode(reader.enter(Der.CONTEXT));
    }
    Hash maskHash = decodeMgf(reader);
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
        hash.standardName(),
        "MGF1",
        new MGF1ParameterSpec(maskHash.standardName()),
        new PSource.PSpecified(label));
  }

  /** The digest of MGF1 in the element with tag 1, SHA-1 unless it is there. */
  static Hash decodeMgf(DerReader reader) throws IOException {
    if (!reader.next(Der.CONTEXT + 1)) {
      return Hash.SHA1;
    }
    DerReader mgf = reader.enter(Der.CONTEXT + 1).enter(Der.SEQUENCE);
    if (!mgf.oid().equals(MGF1)) {
      throw new IOException("mask generation function that is not MGF1");
    }
    Hash hash = Hashes.decode(mgf);
    mgf.end();
    return hash;
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
