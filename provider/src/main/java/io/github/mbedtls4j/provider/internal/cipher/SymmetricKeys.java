package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import java.security.InvalidKeyException;
import java.security.Key;
import java.util.Arrays;

/** Takes secret keys out of their objects, with the checks and texts of SunJCE. */
final class SymmetricKeys {
  private SymmetricKeys() {}

  /** The bytes of a key, which the caller wipes; any length if {@code required} is 0. */
  static byte[] bytes(Key key, int required) throws InvalidKeyException {
    if (key == null) {
      throw new InvalidKeyException("The key must not be null");
    }
    byte[] bytes = key.getEncoded();
    if (bytes == null) {
      throw new InvalidKeyException("Key encoding must not be null");
    }
    if (required != 0 && bytes.length != required) {
      Arrays.fill(bytes, (byte) 0);
      throw new InvalidKeyException("The key must be " + required + " bytes");
    }
    return bytes;
  }

  /** As {@link #bytes}, of a key whose format says that they are the key itself. */
  static byte[] rawBytes(Key key, int required) throws InvalidKeyException {
    byte[] bytes = bytes(key, required);
    if (!"RAW".equalsIgnoreCase(key.getFormat())) {
      Arrays.fill(bytes, (byte) 0);
      throw new InvalidKeyException("Wrong format: RAW bytes needed");
    }
    return bytes;
  }

  /** Checks that a key is meant for a cipher and long enough. */
  static void check(CipherKind kind, Key key, byte[] bytes) throws InvalidKeyException {
    if (!kind.takesKeyNamed(key.getAlgorithm())) {
      throw new InvalidKeyException(
          "Wrong algorithm: " + String.join(" or ", kind.keyNames()) + " required");
    }
    checkLength(kind, bytes);
  }

  /** The length of a key in bits. */
  static int bits(CipherKind kind, Key key) throws InvalidKeyException {
    byte[] bytes = bytes(key, 0);
    Arrays.fill(bytes, (byte) 0);
    checkLength(kind, bytes);
    return bytes.length * 8;
  }

  private static void checkLength(CipherKind kind, byte[] bytes) throws InvalidKeyException {
    if (!kind.takesKeyOf(bytes.length)) {
      throw new InvalidKeyException(
          "Invalid " + kind.standardName() + " key length: " + bytes.length + " bytes");
    }
  }
}
