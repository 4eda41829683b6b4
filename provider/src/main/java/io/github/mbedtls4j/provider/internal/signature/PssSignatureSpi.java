package io.github.mbedtls4j.provider.internal.signature;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.nativeloader.handle.MbedTlsException;
import io.github.mbedtls4j.provider.internal.JcaErrors;
import io.github.mbedtls4j.provider.internal.cipher.OwnParameters;
import io.github.mbedtls4j.provider.internal.digest.RunningDigest;
import io.github.mbedtls4j.provider.internal.key.Keys;
import io.github.mbedtls4j.provider.internal.key.NativeRsa;
import io.github.mbedtls4j.provider.internal.key.RsaPrivate;
import io.github.mbedtls4j.provider.internal.key.RsaPublic;
import io.github.mbedtls4j.provider.internal.key.RsaUse;
import io.github.mbedtls4j.provider.internal.key.Unsigned;
import io.github.mbedtls4j.provider.internal.rsa.PssEncoding;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;

/**
 * RSASSA-PSS (RFC 8017 section 8.1). The library computes the bare power; the encoding is made here
 * since Mbed TLS 2.28 has one hash where the JCA has two.
 */
public final class PssSignatureSpi extends SignatureSpi {
  private final Provider provider;

  /** The only digest; null for any. */
  private final Hash only;

  /** Null until the caller has set parameters. */
  private PssEncoding encoding;

  private RunningDigest message;

  /** Whether a part of the message has come. */
  private boolean begun;

  /** Null until initialised. */
  private NativeRsa key;

  private BigInteger modulus;
  private RsaUse use;

  /** A signature that still needs parameters and a key. */
  public PssSignatureSpi(Provider provider) {
    this.provider = provider;
    only = null;
  }

  /** A signature of one digest, with the usual parameters unless the caller sets others. */
  public PssSignatureSpi(Provider provider, Hash hash) {
    this.provider = provider;
    only = hash;
    encoding = PssEncoding.usual(hash);
    message = new RunningDigest(hash);
  }

  @Override
  protected void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
    RsaPrivate ours = Keys.anyRsaPrivate(privateKey);
    init(ours.nativeKey(), ours.getModulus(), ours.use());
  }

  @Override
  protected void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
    RsaPublic ours = Keys.anyRsaPublic(publicKey);
    init(ours.nativeKey(), ours.getModulus(), ours.use());
  }

  private void init(NativeRsa nextKey, BigInteger nextModulus, RsaUse nextUse)
      throws InvalidKeyException {
    if (encoding != null) {
      if (!encoding.allowedBy(nextUse)) {
        throw new InvalidKeyException("Key contains incompatible PSS parameter values");
      }
      encoding.check(nextModulus);
    }
    key = nextKey;
    modulus = nextModulus;
    use = nextUse;
    forget();
  }

  private void forget() {
    if (message != null) {
      message.reset();
    }
    begun = false;
  }

  @Override
  protected void engineSetParameter(AlgorithmParameterSpec params)
      throws InvalidAlgorithmParameterException {
    if (params == null) {
      throw new InvalidAlgorithmParameterException("Parameters cannot be null");
    }
    if (!(params instanceof PSSParameterSpec spec)) {
      throw new InvalidAlgorithmParameterException("parameters must be type PSSParameterSpec");
    }
    if (begun) {
      throw new ProviderException("Cannot set parameters during operations");
    }
    PssEncoding next = PssEncoding.of(spec);
    if (only != null && next.hash() != only) {
      throw new InvalidAlgorithmParameterException("digest must be " + only.standardName());
    }
    if (key != null) {
      if (!next.allowedBy(use)) {
        throw new InvalidAlgorithmParameterException(
            "Signature parameters does not match key parameters");
      }
      try {
        next.check(modulus);
      } catch (InvalidKeyException e) {
        throw new InvalidAlgorithmParameterException(e.getMessage(), e);
      }
    }
    encoding = next;
    message = new RunningDigest(next.hash());
  }

  @Override
  protected AlgorithmParameters engineGetParameters() {
    return encoding == null
        ? null
        : OwnParameters.of(provider, "RSASSA-PSS", new PssParametersSpi(), encoding.spec());
  }

  @Override
  protected void engineUpdate(byte input) throws SignatureException {
    begin().update(input);
  }

  @Override
  protected void engineUpdate(byte[] input, int offset, int length) throws SignatureException {
    begin().update(input, offset, length);
  }

  private RunningDigest begin() throws SignatureException {
    requireParameters();
    begun = true;
    return message;
  }

  private void requireParameters() throws SignatureException {
    if (encoding == null) {
      throw new SignatureException("Parameters required for RSASSA-PSS signatures");
    }
  }

  private byte[] finish() throws SignatureException {
    requireParameters();
    begun = false;
    return message.finish();
  }

  @Override
  protected byte[] engineSign() throws SignatureException {
    byte[] number = encoding(finish());
    try {
      return key.use(rsa -> rsa.privatePower(number));
    } catch (MbedTlsException e) {
      throw JcaErrors.signature("Could not sign data", e);
    }
  }

  private byte[] encoding(byte[] digest) {
    byte[] encoded = encoding.encode(digest, modulus.bitLength() - 1);
    byte[] number = new byte[key.length()];
    System.arraycopy(encoded, 0, number, number.length - encoded.length, encoded.length);
    return number;
  }

  @Override
  protected boolean engineVerify(byte[] signature) throws SignatureException {
    byte[] digest = finish();
    if (signature.length != key.length()) {
      throw new SignatureException(
          "Signature length not correct: got "
              + signature.length
              + " but was expecting "
              + key.length());
    }
    if (Unsigned.number(signature).compareTo(modulus) >= 0) {
      return false;
    }
    byte[] number;
    try {
      number = key.use(rsa -> rsa.publicPower(signature));
    } catch (MbedTlsException e) {
      throw JcaErrors.signature("Could not verify signature", e);
    }
    int bits = modulus.bitLength() - 1;
    int surplus = number.length - (bits + 7) / 8;
    return (surplus == 0 || number[0] == 0)
        && encoding.verify(digest, Arrays.copyOfRange(number, surplus, number.length), bits);
  }

  @Override
  @Deprecated
  protected void engineSetParameter(String name, Object value) {
    throw new UnsupportedOperationException("setParameter() not supported");
  }

  @Override
  @Deprecated
  protected Object engineGetParameter(String name) {
    throw new UnsupportedOperationException("getParameter() not supported");
  }
}
