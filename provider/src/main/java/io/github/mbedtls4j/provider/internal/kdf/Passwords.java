package io.github.mbedtls4j.provider.internal.kdf;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** Passwords as bytes; copies made on the way are overwritten. */
public final class Passwords {
  private Passwords() {}

  /** In UTF-8. */
  public static byte[] utf8(char[] password) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
    byte[] bytes = new byte[encoded.limit()];
    encoded.get(bytes);
    encoded.clear().put(new byte[encoded.capacity()]);
    return bytes;
  }

  /** From UTF-8. */
  public static char[] chars(byte[] utf8) {
    CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(utf8));
    char[] chars = new char[decoded.limit()];
    decoded.get(chars);
    decoded.clear().put(new char[decoded.capacity()]);
    return chars;
  }

  /**
   * As PKCS #12 wants it: a BMPString and its terminating zeros. A single NUL stands for no
   * password at all: the JDK's key stores try it where the empty password fails.
   */
  public static byte[] bmpString(char[] password) {
    if (password.length == 1 && password[0] == 0) {
      return new byte[0];
    }
    byte[] bytes = new byte[2 * password.length + 2];
    for (int i = 0; i < password.length; i++) {
      bytes[2 * i] = (byte) (password[i] >>> 8);
      bytes[2 * i + 1] = (byte) password[i];
    }
    return bytes;
  }
}
