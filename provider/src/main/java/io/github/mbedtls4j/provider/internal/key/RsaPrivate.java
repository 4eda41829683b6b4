package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.MbedTlsException;
import io.github.mbedtls4j.nativeloader.handle.RsaContext;
import io.github.mbedtls4j.provider.internal.JcaErrors;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyRep;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;

/** An RSA private key of which only the modulus and the private exponent are known. */
public class RsaPrivate extends EncodedKey implements RSAPrivateKey {
  private static final long serialVersionUID = 1L;

  private final transient RsaUse use;
  private final transient BigInteger n;
  private final transient BigInteger d;
  private transient NativeRsa nativeKey;

  RsaPrivate(RsaUse use, BigInteger n, BigInteger d, byte[] encoding) {
    super(KeyRep.Type.PRIVATE, encoding);
    this.use = use;
    this.n = n;
    this.d = d;
  }

  static RsaPrivate of(RsaUse use, BigInteger n, BigInteger d) throws InvalidKeyException {
    RsaCodec.checkModulus(n);
    RsaCodec.checkSecrets(n, List.of(d));
    BigInteger zero = BigInteger.ZERO;
    // The JDK writes the unknown numbers as zeros.
    return new RsaPrivate(
        use, n, d, RsaCodec.encodePrivate(use, n, zero, d, zero, zero, zero, zero, zero));
  }

  /**
   * The key for native operations. Its numbers are checked against each other the first time, and
   * once: copies of the native key need no second check.
   *
   * @throws InvalidKeyException if the numbers do not belong together
   */
  public final synchronized NativeRsa nativeKey() throws InvalidKeyException {
    if (nativeKey == null) {
      try {
        nativeKey = NativeRsa.ofPrivate(n.bitLength(), open());
      } catch (MbedTlsException e) {
        throw JcaErrors.invalidKey("Invalid RSA private key", e);
      }
    }
    return nativeKey;
  }

  /** Opens the native key. */
  RsaContext open() throws InvalidKeyException {
    // Mbed TLS computes with the primes alone, and finds them from n, d and e.
    return RsaContext.ofPrivate(
        Unsigned.bytes(n),
        null,
        null,
        Unsigned.bytes(d),
        Unsigned.bytes(PublicExponent.find(n, d)));
  }

  /** Takes a native key that a generator has just made and checked. */
  final synchronized void adopt(RsaContext generated) {
    nativeKey = NativeRsa.ofPrivate(n.bitLength(), generated);
  }

  @Override
  public final String getAlgorithm() {
    return use.algorithm();
  }

  /** What the key is for. */
  public final RsaUse use() {
    return use;
  }

  @Override
  public final AlgorithmParameterSpec getParams() {
    return use.params();
  }

  @Override
  public final BigInteger getModulus() {
    return n;
  }

  @Override
  public final BigInteger getPrivateExponent() {
    return d;
  }

  @Override
  public final String toString() {
    return "MbedTLS " + use.algorithm() + " private key, " + n.bitLength() + " bits";
  }
}
