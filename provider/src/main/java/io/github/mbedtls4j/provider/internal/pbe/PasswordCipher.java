package io.github.mbedtls4j.provider.internal.pbe;

import javax.crypto.BadPaddingException;

/** Decrypts what a password protects; made of the parameters that stand beside it. */
public interface PasswordCipher {
  /**
   * Decrypts data; the caller wipes the result.
   *
   * @throws BadPaddingException if the password is wrong or the data damaged. Where the cipher has
   *     no padding, and one time in 256 where it has, the result is garbage instead.
   */
  byte[] decrypt(char[] password, byte[] data) throws BadPaddingException;
}
