package io.github.mbedtls4j.provider;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.provider.internal.key.EncodedKeys;
import io.github.mbedtls4j.provider.internal.pbe.EncryptedKeyInfo;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Objects;

/**
 * Keys of any provider in the encodings that files have, in DER; {@link PemWriter} gives the same
 * as text.
 *
 * <p>Results are the caller's to wipe. A key in a token, which has no encoding, is an {@link
 * InvalidKeyException}. All methods are safe for use by several threads.
 */
public final class KeyEncodings {
  /** The iteration count of {@link #encryptedPkcs8(PrivateKey, char[])}. */
  public static final int DEFAULT_ITERATIONS = 600_000;

  /** The lowest iteration count, as RFC 8018 recommends. */
  public static final int MIN_ITERATIONS = 1000;

  private KeyEncodings() {}

  /**
   * {@code RSAPrivateKey} of PKCS #1 (RFC 8017), not encrypted.
   *
   * @param key an RSA key with its CRT numbers
   * @throws InvalidKeyException if it is none
   */
  public static byte[] pkcs1(PrivateKey key) throws InvalidKeyException {
    MbedTls.load();
    return EncodedKeys.toPkcs1(key);
  }

  /**
   * {@code ECPrivateKey} of SEC 1 (RFC 5915), not encrypted, with curve and public key.
   *
   * @param key an EC key on a curve of the library
   * @throws InvalidKeyException if it is none
   */
  public static byte[] sec1(PrivateKey key) throws InvalidKeyException {
    MbedTls.load();
    return EncodedKeys.toSec1(key);
  }

  /**
   * {@code PrivateKeyInfo} of PKCS #8 (RFC 5958), not encrypted.
   *
   * @param key of any algorithm
   * @throws InvalidKeyException if it has no such encoding
   */
  public static byte[] pkcs8(PrivateKey key) throws InvalidKeyException {
    return EncodedKeys.toPkcs8(key);
  }

  /**
   * {@code EncryptedPrivateKeyInfo} of PKCS #8 (RFC 5958): PBES2 with AES-256-CBC and PBKDF2 of
   * HMAC-SHA-256, {@link #DEFAULT_ITERATIONS} times.
   *
   * @param key of any algorithm
   * @param password not null; stays unchanged
   * @throws InvalidKeyException if the key has no PKCS #8 encoding
   */
  public static byte[] encryptedPkcs8(PrivateKey key, char[] password) throws InvalidKeyException {
    return encryptedPkcs8(key, password, DEFAULT_ITERATIONS);
  }

  /**
   * As {@link #encryptedPkcs8(PrivateKey, char[])} with an iteration count.
   *
   * @param iterations from {@link #MIN_ITERATIONS} to {@link PemReader#MAX_ITERATIONS}
   * @throws IllegalArgumentException if {@code iterations} is out of range
   */
  public static byte[] encryptedPkcs8(PrivateKey key, char[] password, int iterations)
      throws InvalidKeyException {
    MbedTls.load();
    Objects.requireNonNull(password, "password");
    if (iterations < MIN_ITERATIONS || iterations > PemReader.MAX_ITERATIONS) {
      throw new IllegalArgumentException("iteration count out of range: " + iterations);
    }
    byte[] pkcs8 = EncodedKeys.toPkcs8(key);
    try {
      return EncryptedKeyInfo.encrypt(pkcs8, password, iterations);
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  /**
   * {@code SubjectPublicKeyInfo} (RFC 5280).
   *
   * @param key of any algorithm
   * @throws InvalidKeyException if it has no such encoding
   */
  public static byte[] subjectPublicKeyInfo(PublicKey key) throws InvalidKeyException {
    return EncodedKeys.toPublicKeyInfo(key);
  }
}
