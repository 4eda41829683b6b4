package io.github.mbedtls4j.provider.internal.pem;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.provider.internal.kdf.Passwords;
import io.github.mbedtls4j.provider.internal.pbe.CbcKey;
import io.github.mbedtls4j.provider.internal.pbe.PasswordCipher;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.BadPaddingException;

/**
 * The encryption of RFC 1421's header {@code DEK-Info} as OpenSSL does it: the key is derived with
 * MD5 by {@code EVP_BytesToKey}, and the salt is the beginning of the IV.
 */
final class DekInfo implements PasswordCipher {
  private static final int SALT = 8;

  private final CbcKey cipher;
  private final byte[] iv;

  private DekInfo(CbcKey cipher, byte[] iv) {
    this.cipher = cipher;
    this.iv = iv;
  }

  /** From the header's value. */
  static DekInfo of(String value) throws IOException {
    String[] parts = value.split(",", -1);
    if (parts.length != 2) {
      throw new IOException("the header DEK-Info needs a cipher and an IV");
    }
    CbcKey cipher = CbcKey.ofPemName(parts[0].trim().toUpperCase(Locale.ROOT));
    byte[] iv;
    try {
      iv = HexFormat.of().parseHex(parts[1].trim());
    } catch (IllegalArgumentException e) {
      throw new IOException("the IV in the header DEK-Info is not in hexadecimal", e);
    }
    cipher.checkIv(iv);
    if (!Hash.MD5.supported()) {
      throw new IOException("the key is encrypted with MD5, which the loaded library lacks");
    }
    return new DekInfo(cipher, iv);
  }

  @Override
  public byte[] decrypt(char[] password, byte[] data) throws BadPaddingException {
    byte[] utf8 = Passwords.utf8(password);
    try {
      return cipher.decrypt(key(utf8), iv, data);
    } finally {
      Arrays.fill(utf8, (byte) 0);
    }
  }

  /** Each digest is of the one before it, the password and the salt. */
  private byte[] key(byte[] password) {
    byte[] key = new byte[cipher.length()];
    byte[] input = new byte[Hash.MD5.length() + password.length + SALT];
    System.arraycopy(password, 0, input, Hash.MD5.length(), password.length);
    System.arraycopy(iv, 0, input, Hash.MD5.length() + password.length, SALT);
    // The first has none before it.
    int skipped = Hash.MD5.length();
    for (int at = 0; at < key.length; at += Hash.MD5.length()) {
      byte[] digest = Hash.MD5.digest(input, skipped, input.length - skipped);
      System.arraycopy(digest, 0, key, at, Math.min(digest.length, key.length - at));
      System.arraycopy(digest, 0, input, 0, digest.length);
      Arrays.fill(digest, (byte) 0);
      skipped = 0;
    }
    Arrays.fill(input, (byte) 0);
    return key;
  }
}
