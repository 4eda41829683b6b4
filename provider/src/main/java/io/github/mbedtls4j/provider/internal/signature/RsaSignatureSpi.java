package io.github.mbedtls4j.provider.internal.signature;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.nativeloader.handle.MbedTlsException;
import io.github.mbedtls4j.nativeloader.handle.RsaContext;
import io.github.mbedtls4j.provider.internal.JcaErrors;
import io.github.mbedtls4j.provider.internal.key.Hashes;
import io.github.mbedtls4j.provider.internal.key.Keys;
import io.github.mbedtls4j.provider.internal.key.NativeRsa;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.spec.AlgorithmParameterSpec;

/** RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2). */
public final class RsaSignatureSpi extends SignatureBase {
  /** Two zeros, the block type and at least eight bytes of padding. */
  private static final int PADDING = 11;

  /** The algorithm identifiers around a digest; the first is of those under 1.3.14 and 1.3.36. */
  private static final int SHORT_DIGEST_INFO = 15;

  private static final int MD_DIGEST_INFO = 18;
  private static final int SHA2_DIGEST_INFO = 19;

  /** Null for {@code NONEwithRSA}. */
  private final Hash hash;

  private NativeRsa key;

  /** A signature with the digest in a DigestInfo, or of what the caller passes if null. */
  public RsaSignatureSpi(Hash hash) {
    super(hash, RsaContext.MAX_LENGTH - PADDING);
    this.hash = hash;
  }

  @Override
  protected void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
    init(Keys.rsaPrivate(privateKey).nativeKey());
  }

  @Override
  protected void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
    init(Keys.rsaPublic(publicKey).nativeKey());
  }

  private void init(NativeRsa next) throws InvalidKeyException {
    if (next.length() < PADDING + digestInfoLength()) {
      throw new InvalidKeyException("Key is too short for this signature algorithm");
    }
    key = next;
    resetMessage();
  }

  private int digestInfoLength() {
    if (hash == null) {
      return 0;
    }
    return hash.length()
        + switch (hash) {
          case SHA1, RIPEMD160 -> SHORT_DIGEST_INFO;
          case MD2, MD4, MD5 -> MD_DIGEST_INFO;
          default -> SHA2_DIGEST_INFO;
        };
  }

  @Override
  protected byte[] engineSign() throws SignatureException {
    byte[] digest = finish();
    try {
      return key.use(rsa -> rsa.signPkcs1(nativeHash(), digest, key.length()));
    } catch (MbedTlsException e) {
      throw JcaErrors.signature("Could not sign data", e);
    }
  }

  @Override
  protected boolean engineVerify(byte[] signature) throws SignatureException {
    byte[] digest = finish();
    if (signature.length != key.length()) {
      throw new SignatureException(
          "Bad signature length: got " + signature.length + " but was expecting " + key.length());
    }
    try {
      return key.use(rsa -> rsa.verifyPkcs1(nativeHash(), digest, signature));
    } catch (MbedTlsException e) {
      throw JcaErrors.signature("Could not verify signature", e);
    }
  }

  private byte[] finish() throws SignatureException {
    byte[] digest = finishMessage();
    if (hash == null && digest.length > key.length() - PADDING) {
      throw new SignatureException("Data is longer than the key allows");
    }
    return nativeHash() == hash ? digest : Hashes.digestInfo(hash, digest);
  }

  /** The digest that Mbed TLS puts a DigestInfo around; null if that is done here or not at all. */
  private Hash nativeHash() {
    return hash == null || hash.isSha512t() ? null : hash;
  }

  @Override
  protected void engineSetParameter(AlgorithmParameterSpec params)
      throws InvalidAlgorithmParameterException {
    if (params != null) {
      throw new InvalidAlgorithmParameterException("No parameters accepted");
    }
  }

  @Override
  protected AlgorithmParameters engineGetParameters() {
    return null;
  }
}
