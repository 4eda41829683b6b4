package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.CipherContext;
import io.github.mbedtls4j.nativeloader.handle.Hash;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The triple DES key wrap of RFC 3217, section 3: key and checksum are encrypted twice in CBC mode,
 * the second time backwards.
 */
final class DesEdeWrap {
  static final int BLOCK = 8;

  /** How much longer a wrapped key is: by its IV and its checksum. */
  static final int EXPANSION = 2 * BLOCK;

  private static final String SECOND_IV = "4adda22c79e82105";

  private DesEdeWrap() {}

  /** Wraps a key of whole blocks; {@code cbc} encrypts. */
  static byte[] wrap(CipherContext cbc, byte[] iv, byte[] key) {
    byte[] wrapped = new byte[key.length + EXPANSION];
    System.arraycopy(iv, 0, wrapped, 0, BLOCK);
    System.arraycopy(key, 0, wrapped, BLOCK, key.length);
    System.arraycopy(checksum(key), 0, wrapped, BLOCK + key.length, BLOCK);
    cbc.start(iv);
    cbc.update(wrapped, BLOCK, key.length + BLOCK, wrapped, BLOCK);
    reverse(wrapped);
    cbc.start(secondIv());
    cbc.update(wrapped, 0, wrapped.length, wrapped, 0);
    return wrapped;
  }

  /**
   * Unwraps; {@code cbc} decrypts.
   *
   * @param wrapped whole blocks, three at least
   * @param iv takes the IV that the key was wrapped with
   * @return the key, which the caller wipes; empty if the checksum is wrong
   */
  static byte[] unwrap(CipherContext cbc, byte[] wrapped, byte[] iv) {
    byte[] clear = new byte[wrapped.length];
    cbc.start(secondIv());
    cbc.update(wrapped, 0, wrapped.length, clear, 0);
    reverse(clear);
    System.arraycopy(clear, 0, iv, 0, BLOCK);
    cbc.start(iv);
    cbc.update(clear, BLOCK, clear.length - BLOCK, clear, BLOCK);
    byte[] key = Arrays.copyOfRange(clear, BLOCK, clear.length - BLOCK);
    byte[] told = Arrays.copyOfRange(clear, clear.length - BLOCK, clear.length);
    Arrays.fill(clear, (byte) 0);
    if (MessageDigest.isEqual(told, checksum(key))) {
      return key;
    }
    Arrays.fill(key, (byte) 0);
    return new byte[0];
  }

  private static byte[] secondIv() {
    return HexFormat.of().parseHex(SECOND_IV);
  }

  private static byte[] checksum(byte[] key) {
    return Arrays.copyOf(Hash.SHA1.digest(key, 0, key.length), BLOCK);
  }

  private static void reverse(byte[] bytes) {
    for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
      byte low = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = low;
    }
  }
}
