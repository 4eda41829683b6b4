package io.github.mbedtls4j.provider.internal.agreement;

import io.github.mbedtls4j.nativeloader.handle.MbedTlsException;
import io.github.mbedtls4j.provider.internal.JcaErrors;
import io.github.mbedtls4j.provider.internal.key.EcPrivate;
import io.github.mbedtls4j.provider.internal.key.EcPublic;
import io.github.mbedtls4j.provider.internal.key.Keys;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/** ECDH (NIST SP 800-56A) between two parties. */
public final class EcdhSpi extends KeyAgreementSpi {
  private EcPrivate privateKey;

  /** Null until the phase was executed. */
  private byte[] secret;

  @Override
  protected void engineInit(Key key, SecureRandom random) throws InvalidKeyException {
    if (!(key instanceof PrivateKey)) {
      throw new InvalidKeyException("Key must be instance of PrivateKey");
    }
    forget();
    privateKey = null;
    privateKey = Keys.ecPrivate(key);
  }

  @Override
  protected void engineInit(Key key, AlgorithmParameterSpec params, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    if (params != null) {
      throw new InvalidAlgorithmParameterException("Parameters not supported");
    }
    engineInit(key, random);
  }

  @Override
  protected Key engineDoPhase(Key key, boolean lastPhase) throws InvalidKeyException {
    if (privateKey == null) {
      throw new IllegalStateException("Not initialized");
    }
    if (secret != null) {
      throw new IllegalStateException("Phase already executed");
    }
    if (!lastPhase) {
      throw new IllegalStateException("Only two party agreement supported, lastPhase must be true");
    }
    if (!(key instanceof PublicKey)) {
      throw new InvalidKeyException("Key must be a PublicKey with algorithm EC");
    }
    EcPublic peer = Keys.ecPublic(key);
    if (peer.curve() != privateKey.curve()) {
      throw new InvalidKeyException(
          "Public key is on curve "
              + peer.curve().standardName()
              + ", the private key is on "
              + privateKey.curve().standardName());
    }
    try {
      secret = privateKey.agree(peer);
    } catch (MbedTlsException e) {
      throw JcaErrors.invalidKey("No secret can be agreed on with this key", e);
    }
    return null;
  }

  @Override
  protected byte[] engineGenerateSecret() {
    byte[] result = requireSecret().clone();
    forget();
    return result;
  }

  @Override
  protected int engineGenerateSecret(byte[] target, int offset) throws ShortBufferException {
    byte[] result = requireSecret();
    if (result.length > target.length - offset) {
      throw new ShortBufferException(
          "Need " + result.length + " bytes, only " + (target.length - offset) + " available");
    }
    System.arraycopy(result, 0, target, offset, result.length);
    forget();
    return result.length;
  }

  @Override
  protected SecretKey engineGenerateSecret(String algorithm) throws NoSuchAlgorithmException {
    if (algorithm == null) {
      throw new NoSuchAlgorithmException("Algorithm must not be null");
    }
    // JDK 25 knows the second name too.
    if (!algorithm.equals("TlsPremasterSecret") && !algorithm.equals("Generic")) {
      throw new NoSuchAlgorithmException("Only supported for algorithm TlsPremasterSecret");
    }
    byte[] value = requireSecret();
    SecretKey key = new SecretKeySpec(value, algorithm);
    forget();
    return key;
  }

  private byte[] requireSecret() {
    if (secret == null) {
      throw new IllegalStateException("Not initialized correctly");
    }
    return secret;
  }

  private void forget() {
    if (secret != null) {
      Arrays.fill(secret, (byte) 0);
      secret = null;
    }
  }
}
