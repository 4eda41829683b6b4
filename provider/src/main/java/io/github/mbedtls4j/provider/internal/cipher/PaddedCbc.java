package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.CipherContext;
import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import java.util.Arrays;
import javax.crypto.BadPaddingException;

/** A whole message in CBC mode with the padding of RFC 5652, section 6.3. */
public final class PaddedCbc {
  private PaddedCbc() {}

  /**
   * Encrypts a message.
   *
   * @param iv of one block
   */
  public static byte[] encrypt(CipherKind kind, byte[] key, byte[] iv, byte[] message) {
    int count = Padding.PKCS5.length(message.length, kind.blockLength());
    byte[] padded = Arrays.copyOf(message, message.length + count);
    Padding.PKCS5.fill(padded, message.length, count);
    try {
      return transform(kind, key, iv, padded, true);
    } finally {
      Arrays.fill(padded, (byte) 0);
    }
  }

  /**
   * Decrypts a message.
   *
   * @param iv of one block
   * @throws BadPaddingException if there is no message that was encrypted with this key
   */
  public static byte[] decrypt(CipherKind kind, byte[] key, byte[] iv, byte[] encrypted)
      throws BadPaddingException {
    if (encrypted.length == 0 || encrypted.length % kind.blockLength() != 0) {
      throw new BadPaddingException("not a number of whole blocks");
    }
    byte[] padded = transform(kind, key, iv, encrypted, false);
    try {
      int length = Padding.PKCS5.messageLength(padded, padded.length, kind.blockLength());
      if (length < 0) {
        throw new BadPaddingException("not properly padded");
      }
      return Arrays.copyOf(padded, length);
    } finally {
      Arrays.fill(padded, (byte) 0);
    }
  }

  private static byte[] transform(
      CipherKind kind, byte[] key, byte[] iv, byte[] input, boolean encrypt) {
    byte[] output = new byte[input.length];
    try (CipherContext context = new CipherContext(kind, CipherKind.Mode.CBC, key, encrypt)) {
      context.start(iv);
      context.update(input, 0, input.length, output, 0);
    }
    return output;
  }
}
