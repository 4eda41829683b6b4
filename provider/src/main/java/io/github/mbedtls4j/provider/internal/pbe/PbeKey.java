package io.github.mbedtls4j.provider.internal.pbe;

import io.github.mbedtls4j.provider.internal.kdf.Passwords;
import io.github.mbedtls4j.provider.internal.key.RawKey;
import java.util.Arrays;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as a key. Like SunJCE's it keeps neither salt nor iteration count, and its encoding is
 * the password, so that either provider's ciphers take the other's keys.
 */
final class PbeKey extends RawKey {
  private static final long serialVersionUID = 1L;

  PbeKey(String algorithm, PBEKeySpec spec) {
    super(algorithm, password(spec));
  }

  private static byte[] password(PBEKeySpec spec) {
    char[] chars = spec.getPassword();
    try {
      return Passwords.utf8(chars);
    } finally {
      Arrays.fill(chars, '\0');
    }
  }
}
