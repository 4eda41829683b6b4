package io.github.mbedtls4j.provider.internal.kdf;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.nativeloader.handle.Pbkdf2;
import io.github.mbedtls4j.provider.internal.key.RawKey;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import javax.crypto.interfaces.PBEKey;
import javax.crypto.spec.PBEKeySpec;

/** A key that PBKDF2 derived, with what it was derived from. */
final class Pbkdf2Key extends RawKey implements PBEKey {
  private static final long serialVersionUID = 1L;

  private final transient char[] password;
  private final transient byte[] salt;
  private final transient int iterations;

  Pbkdf2Key(String algorithm, Hash hash, PBEKeySpec spec) throws InvalidKeySpecException {
    super(algorithm, derive(hash, spec));
    password = spec.getPassword();
    salt = spec.getSalt();
    iterations = spec.getIterationCount();
  }

  private static byte[] derive(Hash hash, PBEKeySpec spec) throws InvalidKeySpecException {
    byte[] salt = spec.getSalt();
    if (salt == null) {
      throw new InvalidKeySpecException("Salt not found");
    }
    int iterations = positive("Iteration count", spec.getIterationCount());
    int bits = positive("Key length", spec.getKeyLength());
    char[] chars = spec.getPassword();
    byte[] bytes = Passwords.utf8(chars);
    try {
      return Pbkdf2.derive(hash, bytes, salt, iterations, bits / Byte.SIZE);
    } finally {
      Arrays.fill(chars, '\0');
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static int positive(String what, int value) throws InvalidKeySpecException {
    if (value <= 0) {
      throw new InvalidKeySpecException(what + (value == 0 ? " not found" : " is negative"));
    }
    return value;
  }

  @Override
  public char[] getPassword() {
    requireNotDestroyed();
    return password.clone();
  }

  @Override
  public byte[] getSalt() {
    return salt.clone();
  }

  @Override
  public int getIterationCount() {
    return iterations;
  }

  @Override
  public void destroy() {
    super.destroy();
    Arrays.fill(password, '\0');
  }
}
