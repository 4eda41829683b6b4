package io.github.mbedtls4j.provider.internal.signature;

import io.github.mbedtls4j.nativeloader.handle.Curve;
import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.nativeloader.handle.MbedTlsException;
import io.github.mbedtls4j.provider.internal.JcaErrors;
import io.github.mbedtls4j.provider.internal.key.EcParameters;
import io.github.mbedtls4j.provider.internal.key.EcPrivate;
import io.github.mbedtls4j.provider.internal.key.EcPublic;
import io.github.mbedtls4j.provider.internal.key.Keys;
import io.github.mbedtls4j.provider.internal.key.Unsigned;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECParameterSpec;

/** ECDSA (FIPS 186-4) with the deterministic nonce of RFC 6979. */
public final class EcdsaSignatureSpi extends SignatureBase {
  /** As the JDK limits it. */
  private static final int RAW_LIMIT = 64;

  private final Provider provider;

  /** Null for {@code NONEwithECDSA}. */
  private final Hash hash;

  private final EcdsaFormat format;
  private EcPrivate privateKey;
  private EcPublic publicKey;

  /** The parameters that keys must have; null if the caller set none. */
  private Curve required;

  /** A signature of a digest, or of what the caller passes if {@code hash} is null. */
  public EcdsaSignatureSpi(Provider provider, Hash hash, EcdsaFormat format) {
    super(hash, RAW_LIMIT);
    this.provider = provider;
    this.hash = hash;
    this.format = format;
  }

  @Override
  protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
    EcPrivate next = Keys.ecPrivate(key);
    checkCurve(next.curve());
    privateKey = next;
    publicKey = null;
    resetMessage();
  }

  @Override
  protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
    EcPublic next = Keys.ecPublic(key);
    checkCurve(next.curve());
    publicKey = next;
    privateKey = null;
    resetMessage();
  }

  private void checkCurve(Curve curve) throws InvalidKeyException {
    if (required != null && required != curve) {
      throw new InvalidKeyException("Key params does not match signature params");
    }
  }

  @Override
  protected byte[] engineSign() throws SignatureException {
    byte[] digest = finishMessage();
    try {
      return format.encode(privateKey.sign(nonceHash(digest), digest));
    } catch (MbedTlsException e) {
      throw JcaErrors.signature("Could not sign data", e);
    }
  }

  /**
   * The hash for RFC 6979. A digest that the caller made does not say its hash: its length does, so
   * that the signature is the one that the hash's own algorithm gives.
   */
  private Hash nonceHash(byte[] digest) {
    if (hash != null) {
      return hash;
    }
    return switch (digest.length) {
      case 20 -> Hash.SHA1;
      case 28 -> Hash.SHA224;
      case 48 -> Hash.SHA384;
      default -> digest.length <= 32 ? Hash.SHA256 : Hash.SHA512;
    };
  }

  @Override
  protected boolean engineVerify(byte[] signature) throws SignatureException {
    Curve curve = publicKey.curve();
    // A malformed signature leaves the message as it is: so does the JDK.
    BigInteger[] halves = format.decode(signature, curve);
    byte[] digest = finishMessage();
    if (halves.length == 0 || !inRange(halves[0], curve) || !inRange(halves[1], curve)) {
      return false;
    }
    int length = curve.orderLength();
    try {
      return publicKey.verify(
          digest, Unsigned.bytes(halves[0], length), Unsigned.bytes(halves[1], length));
    } catch (MbedTlsException e) {
      throw JcaErrors.signature("Could not verify signature", e);
    }
  }

  private static boolean inRange(BigInteger half, Curve curve) {
    return half.signum() > 0 && half.compareTo(curve.n()) < 0;
  }

  @Override
  protected void engineSetParameter(AlgorithmParameterSpec params)
      throws InvalidAlgorithmParameterException {
    if (params != null && !(params instanceof ECParameterSpec)) {
      throw new InvalidAlgorithmParameterException("No parameter accepted");
    }
    Curve wanted = params == null ? null : EcParameters.curve((ECParameterSpec) params);
    Curve actual =
        privateKey != null ? privateKey.curve() : publicKey != null ? publicKey.curve() : wanted;
    if (wanted != null && wanted != actual) {
      throw new InvalidAlgorithmParameterException("Signature params does not match key params");
    }
    required = wanted;
  }

  @Override
  protected AlgorithmParameters engineGetParameters() {
    return required == null ? null : EcParameters.of(provider, required);
  }
}
