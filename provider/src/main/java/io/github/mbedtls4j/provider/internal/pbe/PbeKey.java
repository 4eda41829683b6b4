package io.github.mbedtls4j.provider.internal.pbe;

import io.github.mbedtls4j.provider.internal.kdf.Passwords;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.security.KeyRep;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.SecretKey;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as a key. Like SunJCE's it keeps neither salt nor iteration count, and its encoding is
 * the password, so that either provider's ciphers take the other's keys.
 */
final class PbeKey implements SecretKey {
  private static final long serialVersionUID = 1L;

  private final transient String algorithm;
  private final transient byte[] password;
  private transient volatile boolean destroyed;

  PbeKey(String algorithm, PBEKeySpec spec) {
    this.algorithm = algorithm;
    char[] chars = spec.getPassword();
    password = Passwords.utf8(chars);
    Arrays.fill(chars, '\0');
  }

  @Override
  public String getAlgorithm() {
    return algorithm;
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  @Override
  public byte[] getEncoded() {
    if (destroyed) {
      throw new IllegalStateException("the key was destroyed");
    }
    return password.clone();
  }

  @Override
  public void destroy() {
    destroyed = true;
    Arrays.fill(password, (byte) 0);
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(password) ^ algorithm.toLowerCase(Locale.ENGLISH).hashCode();
  }

  @Override
  public boolean equals(Object object) {
    if (object == this) {
      return true;
    }
    if (!(object instanceof SecretKey other)
        || destroyed
        || other.isDestroyed()
        || !algorithm.equalsIgnoreCase(other.getAlgorithm())) {
      return false;
    }
    byte[] encoded = other.getEncoded();
    try {
      return MessageDigest.isEqual(password, encoded);
    } finally {
      if (encoded != null) {
        Arrays.fill(encoded, (byte) 0);
      }
    }
  }

  private Object writeReplace() {
    return new KeyRep(KeyRep.Type.SECRET, algorithm, getFormat(), getEncoded());
  }

  private void readObject(ObjectInputStream stream) throws InvalidObjectException {
    throw new InvalidObjectException("read as a KeyRep");
  }
}
