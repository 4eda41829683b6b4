package io.github.mbedtls4j.provider.internal.key;

import java.math.BigInteger;
import java.security.KeyRep;
import java.util.Objects;
import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.DHParameterSpec;

/**
 * A Diffie-Hellman public key. Any numbers are one, as in the JDK: agreement refuses those that are
 * no member of the group.
 */
public final class DhPublic extends EncodedKey implements DHPublicKey {
  private static final long serialVersionUID = 1L;

  private final transient DHParameterSpec params;
  private final transient BigInteger y;

  /** A key from its numbers. */
  public DhPublic(DHParameterSpec params, BigInteger y) {
    super(KeyRep.Type.PUBLIC, DhCodec.encodePublic(params, y));
    this.params = params;
    this.y = y;
  }

  @Override
  public String getAlgorithm() {
    return "DH";
  }

  @Override
  public BigInteger getY() {
    return y;
  }

  @Override
  public DHParameterSpec getParams() {
    return params;
  }

  /** As the JDK's: the length of private values does not count. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof DHPublicKey key
            && y.equals(key.getY())
            && params.getP().equals(key.getParams().getP())
            && params.getG().equals(key.getParams().getG()));
  }

  @Override
  public int hashCode() {
    return Objects.hash(y, params.getP(), params.getG());
  }

  @Override
  public String toString() {
    return "MbedTLS Diffie-Hellman public key, "
        + params.getP().bitLength()
        + " bits\n  y: "
        + y
        + "\n  p: "
        + params.getP()
        + "\n  g: "
        + params.getG();
  }
}
