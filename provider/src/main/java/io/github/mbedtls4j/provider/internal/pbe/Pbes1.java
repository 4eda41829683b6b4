package io.github.mbedtls4j.provider.internal.pbe;

import io.github.mbedtls4j.nativeloader.handle.Arc4Context;
import io.github.mbedtls4j.nativeloader.handle.ContextType;
import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.nativeloader.handle.Pkcs12Kdf;
import io.github.mbedtls4j.provider.internal.kdf.Passwords;
import java.io.IOException;
import java.util.Arrays;
import javax.crypto.BadPaddingException;

/**
 * The schemes with an object identifier of their own: PBES1 (RFC 8018, section 6.1) and those of
 * PKCS #12 (RFC 7292, appendix C).
 */
final class Pbes1 {
  private static final String PKCS5 = "1.2.840.113549.1.5.";
  private static final String PKCS12 = "1.2.840.113549.1.12.1.";

  private Pbes1() {}

  /** The cipher of a scheme. */
  static PasswordCipher of(String oid, byte[] salt, int iterations) throws IOException {
    return switch (oid) {
      case PKCS5 + 3 -> des(Hash.MD5, salt, iterations);
      case PKCS5 + 10 -> des(Hash.SHA1, salt, iterations);
      case PKCS12 + 1 -> arc4(16, salt, iterations);
      case PKCS12 + 2 -> arc4(5, salt, iterations);
      case PKCS12 + 3 -> pkcs12(CbcKey.TRIPLE_DES.available(), salt, iterations);
      case PKCS12 + 4 -> pkcs12(CbcKey.TWO_KEY_TRIPLE_DES.available(), salt, iterations);
      case PKCS5 + 4, PKCS5 + 6, PKCS5 + 11, PKCS12 + 5, PKCS12 + 6 -> throw CbcKey.noRc2();
      default ->
          throw new IOException("the key is encrypted by a scheme that is not known here: " + oid);
    };
  }

  private static PasswordCipher des(Hash hash, byte[] salt, int iterations) throws IOException {
    CbcKey des = CbcKey.DES.available();
    require(hash.supported(), hash.standardName());
    return (password, data) -> {
      byte[] derived = pbkdf1(hash, password, salt, iterations);
      try {
        return des.decrypt(Arrays.copyOf(derived, 8), Arrays.copyOfRange(derived, 8, 16), data);
      } finally {
        Arrays.fill(derived, (byte) 0);
      }
    };
  }

  /** PBKDF1 (RFC 8018, section 5.1). */
  private static byte[] pbkdf1(Hash hash, char[] password, byte[] salt, int iterations) {
    byte[] utf8 = Passwords.utf8(password);
    byte[] value = Arrays.copyOf(utf8, utf8.length + salt.length);
    System.arraycopy(salt, 0, value, utf8.length, salt.length);
    Arrays.fill(utf8, (byte) 0);
    for (int i = 0; i < iterations; i++) {
      byte[] next = hash.digest(value, 0, value.length);
      Arrays.fill(value, (byte) 0);
      value = next;
    }
    return value;
  }

  private static PasswordCipher arc4(int keyLength, byte[] salt, int iterations)
      throws IOException {
    require(ContextType.ARC4.size() > 0, "ARCFOUR");
    return (password, data) -> {
      byte[] key = derive(Pkcs12Kdf.Purpose.KEY, password, salt, iterations, keyLength);
      byte[] plain = new byte[data.length];
      try (Arc4Context context = new Arc4Context(key)) {
        context.update(data, 0, data.length, plain, 0);
      } finally {
        Arrays.fill(key, (byte) 0);
      }
      return plain;
    };
  }

  private static PasswordCipher pkcs12(CbcKey cipher, byte[] salt, int iterations) {
    return (password, data) -> decryptCbc(cipher, password, salt, iterations, data);
  }

  private static byte[] decryptCbc(
      CbcKey cipher, char[] password, byte[] salt, int iterations, byte[] data)
      throws BadPaddingException {
    int block = cipher.kind().blockLength();
    byte[] iv = derive(Pkcs12Kdf.Purpose.IV, password, salt, iterations, block);
    return cipher.decrypt(
        derive(Pkcs12Kdf.Purpose.KEY, password, salt, iterations, cipher.length()), iv, data);
  }

  private static byte[] derive(
      Pkcs12Kdf.Purpose purpose, char[] password, byte[] salt, int iterations, int length) {
    byte[] bmp = Passwords.bmpString(password);
    try {
      return Pkcs12Kdf.derive(Hash.SHA1, purpose, bmp, salt, iterations, length);
    } finally {
      Arrays.fill(bmp, (byte) 0);
    }
  }

  private static void require(boolean supported, String what) throws IOException {
    if (!supported) {
      throw new IOException(
          "the key is encrypted with " + what + ", which the loaded Mbed TLS library lacks");
    }
  }
}
