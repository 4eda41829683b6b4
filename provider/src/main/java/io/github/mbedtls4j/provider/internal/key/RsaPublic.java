package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.MbedTlsException;
import io.github.mbedtls4j.nativeloader.handle.RsaContext;
import io.github.mbedtls4j.provider.internal.JcaErrors;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyRep;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;

/** An RSA public key. */
public final class RsaPublic extends EncodedKey implements RSAPublicKey {
  private static final long serialVersionUID = 1L;

  private final transient RsaUse use;
  private final transient BigInteger n;
  private final transient BigInteger e;
  private transient NativeRsa nativeKey;

  private RsaPublic(RsaUse use, BigInteger n, BigInteger e) {
    super(KeyRep.Type.PUBLIC, RsaCodec.encodePublic(use, n, e));
    this.use = use;
    this.n = n;
    this.e = e;
  }

  static RsaPublic of(RsaUse use, BigInteger n, BigInteger e) throws InvalidKeyException {
    RsaCodec.checkModulus(n);
    RsaCodec.checkExponent(n, e);
    return new RsaPublic(use, n, e);
  }

  /** The key for native operations. */
  public synchronized NativeRsa nativeKey() throws InvalidKeyException {
    if (nativeKey == null) {
      try {
        byte[] modulus = Unsigned.bytes(n);
        byte[] exponent = Unsigned.bytes(e);
        nativeKey = NativeRsa.ofPublic(n.bitLength(), () -> RsaContext.ofPublic(modulus, exponent));
      } catch (MbedTlsException x) {
        throw JcaErrors.invalidKey("Invalid RSA public key", x);
      }
    }
    return nativeKey;
  }

  @Override
  public String getAlgorithm() {
    return use.algorithm();
  }

  /** What the key is for. */
  public RsaUse use() {
    return use;
  }

  @Override
  public AlgorithmParameterSpec getParams() {
    return use.params();
  }

  @Override
  public BigInteger getModulus() {
    return n;
  }

  @Override
  public BigInteger getPublicExponent() {
    return e;
  }

  @Override
  public String toString() {
    return "MbedTLS "
        + use.algorithm()
        + " public key, "
        + n.bitLength()
        + " bits\n  modulus: "
        + n
        + "\n  public exponent: "
        + e;
  }
}
