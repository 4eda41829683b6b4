package io.github.mbedtls4j.provider;

import io.github.mbedtls4j.provider.internal.key.PrivateForm;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * Keys of any provider as PEM files (RFC 7468) in ASCII, with the content and the exceptions of the
 * methods of the same name in {@link KeyEncodings}.
 *
 * <p>Results are the caller's to wipe. All methods are safe for use by several threads.
 */
public final class PemWriter {
  private static final int LINE = 64;
  private static final byte[] NEW_LINE = {'\n'};

  private PemWriter() {}

  /** {@code RSA PRIVATE KEY}: {@link KeyEncodings#pkcs1}. */
  public static byte[] pkcs1(PrivateKey key) throws InvalidKeyException {
    return wiped(PrivateForm.PKCS1, KeyEncodings.pkcs1(key));
  }

  /** {@code EC PRIVATE KEY}: {@link KeyEncodings#sec1}. */
  public static byte[] sec1(PrivateKey key) throws InvalidKeyException {
    return wiped(PrivateForm.SEC1, KeyEncodings.sec1(key));
  }

  /** {@code PRIVATE KEY}: {@link KeyEncodings#pkcs8}. */
  public static byte[] pkcs8(PrivateKey key) throws InvalidKeyException {
    return wiped(PrivateForm.PKCS8, KeyEncodings.pkcs8(key));
  }

  /**
   * {@code ENCRYPTED PRIVATE KEY}: {@link KeyEncodings#encryptedPkcs8(PrivateKey, char[])}.
   *
   * @param password not null; stays unchanged
   */
  public static byte[] encryptedPkcs8(PrivateKey key, char[] password) throws InvalidKeyException {
    return encryptedPkcs8(key, password, KeyEncodings.DEFAULT_ITERATIONS);
  }

  /**
   * {@code ENCRYPTED PRIVATE KEY}: {@link KeyEncodings#encryptedPkcs8(PrivateKey, char[], int)}.
   *
   * @param password not null; stays unchanged
   * @throws IllegalArgumentException if {@code iterations} is out of range
   */
  public static byte[] encryptedPkcs8(PrivateKey key, char[] password, int iterations)
      throws InvalidKeyException {
    return wiped(
        PrivateForm.ENCRYPTED_PKCS8, KeyEncodings.encryptedPkcs8(key, password, iterations));
  }

  /** {@code PUBLIC KEY}: {@link KeyEncodings#subjectPublicKeyInfo}. */
  public static byte[] subjectPublicKeyInfo(PublicKey key) throws InvalidKeyException {
    return text("PUBLIC KEY", KeyEncodings.subjectPublicKeyInfo(key));
  }

  private static byte[] wiped(PrivateForm form, byte[] der) {
    try {
      return text(form.label(), der);
    } finally {
      Arrays.fill(der, (byte) 0);
    }
  }

  private static byte[] text(String label, byte[] der) {
    byte[] base64 = Base64.getMimeEncoder(LINE, NEW_LINE).encode(der);
    byte[] begin = ("-----BEGIN " + label + "-----\n").getBytes(StandardCharsets.US_ASCII);
    byte[] end = ("\n-----END " + label + "-----\n").getBytes(StandardCharsets.US_ASCII);
    byte[] text = Arrays.copyOf(begin, begin.length + base64.length + end.length);
    System.arraycopy(base64, 0, text, begin.length, base64.length);
    System.arraycopy(end, 0, text, begin.length + base64.length, end.length);
    Arrays.fill(base64, (byte) 0);
    return text;
  }
}
