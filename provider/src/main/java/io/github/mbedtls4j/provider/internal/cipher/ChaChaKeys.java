package io.github.mbedtls4j.provider.internal.cipher;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;

/** The rules of SunJCE for keys of ChaCha20: no two inits in a row have the same key and nonce. */
final class ChaChaKeys {
  static final int NONCE = 12;
  static final int BITS = 256;

  private byte[] lastKey = {};
  private byte[] lastNonce = {};

  /** The bytes of a key, which the caller wipes. */
  byte[] take(int opmode, Key key, byte[] nonce) throws InvalidKeyException {
    if (opmode == Cipher.WRAP_MODE || opmode == Cipher.UNWRAP_MODE) {
      throw new UnsupportedOperationException("WRAP_MODE and UNWRAP_MODE are not supported");
    }
    if (key == null) {
      throw new InvalidKeyException("The key must not be null");
    }
    if (!"RAW".equals(key.getFormat())) {
      throw new InvalidKeyException("Key encoding format must be RAW");
    }
    byte[] bytes = key.getEncoded();
    if (bytes == null || bytes.length * 8 != BITS) {
      throw new InvalidKeyException("Key length must be 256 bits");
    }
    if (MessageDigest.isEqual(bytes, lastKey) && MessageDigest.isEqual(nonce, lastNonce)) {
      throw new InvalidKeyException("Matching key and nonce from previous initialization");
    }
    Arrays.fill(lastKey, (byte) 0);
    lastKey = bytes.clone();
    lastNonce = nonce;
    return bytes;
  }

  /** Refuses to decrypt with a nonce that nobody has told us. */
  static void requireEncryption(int opmode) throws InvalidKeyException {
    // Unwrapping is refused as such.
    if (opmode == Cipher.DECRYPT_MODE) {
      throw new InvalidKeyException(
          "Default parameter generation disallowed in DECRYPT and UNWRAP modes");
    }
  }
}
