package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.Dh;
import io.github.mbedtls4j.nativeloader.handle.RsaContext;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyRep;
import java.security.MessageDigest;
import java.util.Objects;
import javax.crypto.interfaces.DHPrivateKey;
import javax.crypto.spec.DHParameterSpec;

/** A Diffie-Hellman private key. */
public final class DhPrivate extends EncodedKey implements DHPrivateKey {
  private static final long serialVersionUID = 1L;

  private final transient DHParameterSpec params;
  private final transient BigInteger x;

  DhPrivate(DHParameterSpec params, BigInteger x) {
    super(KeyRep.Type.PRIVATE, DhCodec.encodePrivate(params, x));
    this.params = params;
    this.x = x;
  }

  /** Refuses numbers that the library cannot compute with. */
  public void check() throws InvalidKeyException {
    BigInteger p = params.getP();
    if (p.signum() <= 0 || p.bitLength() < 4 || !p.testBit(0)) {
      throw new InvalidKeyException("Diffie-Hellman modulus is not an odd prime");
    }
    if (p.bitLength() > 8 * RsaContext.MAX_LENGTH) {
      throw new InvalidKeyException(
          "Diffie-Hellman modulus of "
              + p.bitLength()
              + " bits: the Mbed TLS library takes no more than "
              + 8 * RsaContext.MAX_LENGTH
              + " (MBEDTLS_MPI_MAX_SIZE)");
    }
    if (x.signum() <= 0 || x.bitLength() > p.bitLength()) {
      throw new InvalidKeyException("Diffie-Hellman private value is out of range");
    }
  }

  /** The power of a member of the group by the private value, as long as the modulus. */
  public byte[] power(BigInteger y) {
    return Dh.power(
        Unsigned.bytes(params.getP()),
        Unsigned.bytes(params.getG().mod(params.getP())),
        Unsigned.bytes(x),
        Unsigned.bytes(y));
  }

  @Override
  public String getAlgorithm() {
    return "DH";
  }

  @Override
  public BigInteger getX() {
    return x;
  }

  @Override
  public DHParameterSpec getParams() {
    return params;
  }

  /** As the JDK's: the length of private values does not count. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof DHPrivateKey key
            && MessageDigest.isEqual(x.toByteArray(), key.getX().toByteArray())
            && params.getP().equals(key.getParams().getP())
            && params.getG().equals(key.getParams().getG()));
  }

  @Override
  public int hashCode() {
    return Objects.hash(x, params.getP(), params.getG());
  }

  @Override
  public String toString() {
    return "MbedTLS Diffie-Hellman private key, " + params.getP().bitLength() + " bits";
  }
}
