package io.github.mbedtls4j.provider.internal.agreement;

import io.github.mbedtls4j.nativeloader.handle.MbedTlsException;
import io.github.mbedtls4j.provider.internal.JcaErrors;
import io.github.mbedtls4j.provider.internal.key.DhKeys;
import io.github.mbedtls4j.provider.internal.key.DhPrivate;
import io.github.mbedtls4j.provider.internal.key.DhPublic;
import io.github.mbedtls4j.provider.internal.key.Unsigned;
import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.DHParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Diffie-Hellman (PKCS #3) between two or more parties. */
public final class DhSpi extends KeyAgreementSpi {
  private DhPrivate privateKey;

  /** Null until the last phase was executed. */
  private byte[] secret;

  @Override
  protected void engineInit(Key key, SecureRandom random) throws InvalidKeyException {
    forget();
    privateKey = null;
    DhPrivate next = DhKeys.privateKey(key);
    next.check();
    privateKey = next;
  }

  @Override
  protected void engineInit(Key key, AlgorithmParameterSpec params, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    if (params != null && !(params instanceof DHParameterSpec)) {
      throw new InvalidAlgorithmParameterException("Diffie-Hellman parameters expected");
    }
    engineInit(key, random);
    if (params != null && !sameGroup((DHParameterSpec) params)) {
      privateKey = null;
      throw new InvalidKeyException("Incompatible parameters");
    }
  }

  private boolean sameGroup(DHParameterSpec other) {
    return privateKey.getParams().getP().equals(other.getP())
        && privateKey.getParams().getG().equals(other.getG());
  }

  @Override
  protected Key engineDoPhase(Key key, boolean lastPhase) throws InvalidKeyException {
    if (privateKey == null) {
      throw new IllegalStateException("Not initialized");
    }
    DhPublic peer = DhKeys.publicKey(key);
    if (!sameGroup(peer.getParams())) {
      throw new InvalidKeyException("Incompatible parameters");
    }
    forget();
    byte[] power = power(peer.getY());
    if (lastPhase) {
      secret = power;
      return null;
    }
    return new DhPublic(peer.getParams(), Unsigned.number(power));
  }

  private byte[] power(BigInteger y) throws InvalidKeyException {
    BigInteger largest = privateKey.getParams().getP().subtract(BigInteger.TWO);
    if (y.compareTo(BigInteger.TWO) < 0) {
      throw new InvalidKeyException("Diffie-Hellman public key is too small");
    }
    if (y.compareTo(largest) > 0) {
      throw new InvalidKeyException("Diffie-Hellman public key is too large");
    }
    byte[] power;
    try {
      power = privateKey.power(y);
    } catch (MbedTlsException e) {
      throw JcaErrors.invalidKey("No secret can be agreed on with this key", e);
    }
    BigInteger value = Unsigned.number(power);
    if (value.compareTo(BigInteger.TWO) < 0 || value.compareTo(largest) > 0) {
      throw new InvalidKeyException("Diffie-Hellman public key is of a small subgroup");
    }
    return power;
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
      throw new ShortBufferException("Buffer too short for shared secret");
    }
    System.arraycopy(result, 0, target, offset, result.length);
    int length = result.length;
    forget();
    return length;
  }

  @Override
  protected SecretKey engineGenerateSecret(String algorithm) throws NoSuchAlgorithmException {
    if (algorithm == null) {
      throw new NoSuchAlgorithmException("null algorithm");
    }
    String name = algorithm.toUpperCase(Locale.ROOT);
    byte[] value = requireSecret();
    SecretKey key =
        switch (algorithm) {
          case "TlsPremasterSecret" -> premaster(value);
          // JDK 25 knows this name too.
          case "Generic" -> new SecretKeySpec(value, algorithm);
          // The bare secret is no key: the JDK cuts it into one only where it is told to.
          default ->
              Boolean.getBoolean("jdk.crypto.KeyAgreement.legacyKDF")
                  ? LegacyKeys.of(name, value)
                  : null;
        };
    if (key == null) {
      throw new NoSuchAlgorithmException("Unsupported secret key algorithm: " + algorithm);
    }
    forget();
    return key;
  }

  /** Without leading zeros (RFC 5246 section 8.1.2). */
  private static SecretKey premaster(byte[] value) {
    int zeros = 0;
    while (zeros < value.length - 1 && value[zeros] == 0) {
      zeros++;
    }
    return new SecretKeySpec(value, zeros, value.length - zeros, "TlsPremasterSecret");
  }

  private byte[] requireSecret() {
    if (secret == null) {
      throw new IllegalStateException("Key agreement has not been completed yet");
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
