package io.github.mbedtls4j.provider;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.provider.internal.pbe.EncryptedKeyInfo;
import io.github.mbedtls4j.provider.internal.pem.KeyFile;
import java.io.IOException;
import java.io.InputStream;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Reads keys from files in PEM (RFC 7468) or DER.
 *
 * <p>Private keys: PKCS #1 ({@code RSA PRIVATE KEY}), SEC 1 ({@code EC PRIVATE KEY}, with or
 * without {@code EC PARAMETERS} before it), PKCS #8 ({@code PRIVATE KEY}, {@code ENCRYPTED PRIVATE
 * KEY}). Public keys: SubjectPublicKeyInfo ({@code PUBLIC KEY}), PKCS #1 ({@code RSA PUBLIC KEY}).
 * Keys are of the algorithms RSA, RSASSA-PSS, EC on a named curve, X25519, X448 and Diffie-Hellman,
 * as far as the loaded library has them. The first key of a PEM file counts; other blocks are
 * passed over.
 *
 * <p>Encryption, with passwords in UTF-8: the PEM header {@code DEK-Info} with AES-128-CBC,
 * AES-192-CBC, AES-256-CBC, DES-EDE3-CBC or DES-CBC; in PKCS #8, PBES2 with PBKDF2 of HMAC-SHA-1 to
 * HMAC-SHA-512/256 and AES, triple DES or DES in CBC mode, PBES1 with MD5 or SHA-1 and DES, and the
 * schemes of PKCS #12 with triple DES and RC4. There is no RC2 in Mbed TLS.
 *
 * <p>Files are limited, so that no hostile one takes memory or time at will: to {@link #MAX_LENGTH}
 * bytes, and to {@link #MAX_ITERATIONS} iterations of the key derivation.
 *
 * <p>All methods are safe for use by several threads. The exception for whatever is wrong with a
 * file is {@link InvalidKeySpecException}; it quotes nothing from the file's secrets.
 */
public final class PemReader {
  /** The longest file that is read, in bytes. */
  public static final int MAX_LENGTH = 1 << 20;

  /** The highest iteration count of an encrypted key, 5,000,000; that many take some seconds. */
  public static final int MAX_ITERATIONS = EncryptedKeyInfo.MAX_ITERATIONS;

  private PemReader() {}

  /**
   * Reads a private key that is not encrypted.
   *
   * @param file the whole file; stays unchanged
   * @throws InvalidKeySpecException if it is no such key
   */
  public static PrivateKey readPrivateKey(byte[] file) throws InvalidKeySpecException {
    return readPrivateKey(file, () -> null);
  }

  /**
   * Reads a private key.
   *
   * @param file the whole file; stays unchanged
   * @param password null if there is none, not used if the key is not encrypted; stays unchanged
   * @throws InvalidKeySpecException if it is no key, or the password is missing or wrong
   */
  public static PrivateKey readPrivateKey(byte[] file, char[] password)
      throws InvalidKeySpecException {
    return readPrivateKey(file, () -> password == null ? null : password.clone());
  }

  /**
   * Reads a private key and asks for its password if it is encrypted.
   *
   * @param file the whole file; stays unchanged
   * @param password called once if the key is encrypted and can be decrypted, else never; the array
   *     that it gives is overwritten with zeros, null stands for no password; what it throws is
   *     passed on
   * @throws InvalidKeySpecException if it is no key, or the password is missing or wrong
   */
  public static PrivateKey readPrivateKey(byte[] file, Supplier<char[]> password)
      throws InvalidKeySpecException {
    return read(file, bytes -> KeyFile.privateKey(bytes, password));
  }

  /**
   * As {@link #readPrivateKey(byte[])}.
   *
   * @param in read to its end; not closed
   * @throws IOException if it cannot be read
   */
  public static PrivateKey readPrivateKey(InputStream in)
      throws IOException, InvalidKeySpecException {
    return readPrivateKey(in, () -> null);
  }

  /**
   * As {@link #readPrivateKey(byte[], char[])}.
   *
   * @param in read to its end; not closed
   * @throws IOException if it cannot be read
   */
  public static PrivateKey readPrivateKey(InputStream in, char[] password)
      throws IOException, InvalidKeySpecException {
    return readPrivateKey(in, () -> password == null ? null : password.clone());
  }

  /**
   * As {@link #readPrivateKey(byte[], Supplier)}.
   *
   * @param in read to its end; not closed
   * @throws IOException if it cannot be read
   */
  public static PrivateKey readPrivateKey(InputStream in, Supplier<char[]> password)
      throws IOException, InvalidKeySpecException {
    byte[] file = in.readNBytes(MAX_LENGTH + 1);
    try {
      return readPrivateKey(file, password);
    } finally {
      Arrays.fill(file, (byte) 0);
    }
  }

  /**
   * Reads a public key.
   *
   * @param file the whole file; stays unchanged
   * @throws InvalidKeySpecException if it is no key
   */
  public static PublicKey readPublicKey(byte[] file) throws InvalidKeySpecException {
    return read(file, KeyFile::publicKey);
  }

  /**
   * As {@link #readPublicKey(byte[])}.
   *
   * @param in read to its end; not closed
   * @throws IOException if it cannot be read
   */
  public static PublicKey readPublicKey(InputStream in)
      throws IOException, InvalidKeySpecException {
    return readPublicKey(in.readNBytes(MAX_LENGTH + 1));
  }

  private interface Reading<K> {
    K read(byte[] file) throws IOException, InvalidKeyException;
  }

  private static <K> K read(byte[] file, Reading<K> reading) throws InvalidKeySpecException {
    MbedTls.load();
    if (file.length > MAX_LENGTH) {
      throw new InvalidKeySpecException("A key file has at most " + MAX_LENGTH + " bytes");
    }
    try {
      return reading.read(file);
    } catch (IOException | InvalidKeyException e) {
      throw new InvalidKeySpecException(e.getMessage(), e);
    }
  }
}
