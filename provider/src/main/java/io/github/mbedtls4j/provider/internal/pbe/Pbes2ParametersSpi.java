package io.github.mbedtls4j.provider.internal.pbe;

import io.github.mbedtls4j.provider.internal.key.Der;
import io.github.mbedtls4j.provider.internal.key.DerReader;
import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParametersSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEParameterSpec;

/**
 * The parameters of PBES2 (RFC 8018, appendix A.4). Their text is the name of the scheme: the JDK's
 * key stores take the cipher's name from there.
 */
public final class Pbes2ParametersSpi extends AlgorithmParametersSpi {
  /** Null until an encoding says it. */
  private Pbes2 scheme;

  private PBEParameterSpec value;

  /** Parameters of one scheme, or of any if {@code scheme} is null. */
  public Pbes2ParametersSpi(Pbes2 scheme) {
    this.scheme = scheme;
  }

  @Override
  protected void engineInit(AlgorithmParameterSpec spec) throws InvalidParameterSpecException {
    if (!(spec instanceof PBEParameterSpec pbe)) {
      throw inappropriate();
    }
    value = pbe;
  }

  @Override
  protected void engineInit(byte[] encoding, String format) throws IOException {
    engineInit(encoding);
  }

  @Override
  protected void engineInit(byte[] encoding) throws IOException {
    DerReader whole = DerReader.of(encoding);
    DerReader parameters = whole.enter(Der.SEQUENCE);
    whole.end();
    if (parameters.next(Der.OBJECT_IDENTIFIER)) {
      // JDKs before 11 wrote an AlgorithmIdentifier here (JDK-8202837).
      parameters.oid();
      DerReader outer = parameters;
      parameters = outer.enter(Der.SEQUENCE);
      outer.end();
    }
    Pbes2Params read = Pbes2Params.read(parameters);
    scheme = Pbes2.of(read.hmacOid, read.cipherOid);
    value = new PBEParameterSpec(read.salt, read.iterations, new IvParameterSpec(read.iv));
  }

  @Override
  protected <T extends AlgorithmParameterSpec> T engineGetParameterSpec(Class<T> wanted)
      throws InvalidParameterSpecException {
    if (!wanted.isAssignableFrom(PBEParameterSpec.class)) {
      throw inappropriate();
    }
    return wanted.cast(value);
  }

  private static InvalidParameterSpecException inappropriate() {
    return new InvalidParameterSpecException("Inappropriate parameter specification");
  }

  @Override
  protected byte[] engineGetEncoded(String format) throws IOException {
    return engineGetEncoded();
  }

  @Override
  protected byte[] engineGetEncoded() throws IOException {
    if (scheme == null) {
      throw new IOException("PBES2 parameters without a scheme");
    }
    if (!(value.getParameterSpec() instanceof IvParameterSpec iv)) {
      throw new IOException("Wrong parameter type: IV expected");
    }
    byte[] pbkdf2 =
        Der.sequence(
            Der.octetString(value.getSalt()),
            Der.integer(BigInteger.valueOf(value.getIterationCount())),
            Der.integer(BigInteger.valueOf(scheme.bits() / Byte.SIZE)),
            Der.sequence(Der.oid(scheme.hmacOid()), Der.nul()));
    return Der.sequence(
        Der.sequence(Der.oid(Pbes2Params.PBKDF2), pbkdf2),
        Der.sequence(Der.oid(scheme.cipherOid()), Der.octetString(iv.getIV())));
  }

  @Override
  protected String engineToString() {
    return scheme == null ? null : scheme.name();
  }
}
