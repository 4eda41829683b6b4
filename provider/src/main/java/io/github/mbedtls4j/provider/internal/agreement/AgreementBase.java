package io.github.mbedtls4j.provider.internal.agreement;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/** Two parties, one phase, and a secret that is handed out once. */
abstract class AgreementBase extends KeyAgreementSpi {
  /** Null until the phase was executed. */
  private byte[] secret;

  /** Whether a private key was given. */
  abstract boolean initialised();

  /** The secret with a peer's key. */
  abstract byte[] agree(Key peer) throws InvalidKeyException;

  @Override
  protected final Key engineDoPhase(Key key, boolean lastPhase) throws InvalidKeyException {
    if (!initialised()) {
      throw new IllegalStateException("Not initialized");
    }
    if (secret != null) {
      throw new IllegalStateException("Phase already executed");
    }
    if (!lastPhase) {
      throw new IllegalStateException("Only two party agreement supported, lastPhase must be true");
    }
    secret = agree(key);
    return null;
  }

  @Override
  protected final byte[] engineGenerateSecret() {
    byte[] result = requireSecret().clone();
    forget();
    return result;
  }

  @Override
  protected final int engineGenerateSecret(byte[] target, int offset) throws ShortBufferException {
    byte[] result = requireSecret();
    if (result.length > target.length - offset) {
      throw new ShortBufferException(
          "Need " + result.length + " bytes, only " + (target.length - offset) + " available");
    }
    System.arraycopy(result, 0, target, offset, result.length);
    int length = result.length;
    forget();
    return length;
  }

  @Override
  protected final SecretKey engineGenerateSecret(String algorithm) throws NoSuchAlgorithmException {
    if (algorithm == null) {
      throw new NoSuchAlgorithmException("Algorithm must not be null");
    }
    // JDK 25 knows the second name too, and both in any case.
    if (!algorithm.equalsIgnoreCase("TlsPremasterSecret")
        && !algorithm.equalsIgnoreCase("Generic")) {
      throw new NoSuchAlgorithmException("Only supported for algorithm TlsPremasterSecret");
    }
    SecretKey key = new SecretKeySpec(requireSecret(), algorithm);
    forget();
    return key;
  }

  private byte[] requireSecret() {
    if (secret == null) {
      throw new IllegalStateException("Not initialized correctly");
    }
    return secret;
  }

  final void forget() {
    if (secret != null) {
      Arrays.fill(secret, (byte) 0);
      secret = null;
    }
  }
}
