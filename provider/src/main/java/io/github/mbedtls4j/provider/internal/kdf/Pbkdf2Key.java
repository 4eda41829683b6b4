package io.github.mbedtls4j.provider.internal.kdf;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.nativeloader.handle.Pbkdf2;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.security.KeyRep;
import java.security.MessageDigest;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.SecretKey;
import javax.crypto.interfaces.PBEKey;
import javax.crypto.spec.PBEKeySpec;

/** A key that PBKDF2 derived, with what it was derived from. */
final class Pbkdf2Key implements PBEKey {
  private static final long serialVersionUID = 1L;

  private final transient String algorithm;
  private final transient char[] password;
  private final transient byte[] salt;
  private final transient int iterations;
  private final transient byte[] key;
  private transient volatile boolean destroyed;

  Pbkdf2Key(String algorithm, Hash hash, PBEKeySpec spec) throws InvalidKeySpecException {
    this.algorithm = algorithm;
    salt = spec.getSalt();
    if (salt == null) {
      throw new InvalidKeySpecException("Salt not found");
    }
    iterations = positive("Iteration count", spec.getIterationCount());
    int bits = positive("Key length", spec.getKeyLength());
    password = spec.getPassword();
    byte[] bytes = Passwords.utf8(password);
    try {
      key = Pbkdf2.derive(hash, bytes, salt, iterations, bits / Byte.SIZE);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static int positive(String what, int value) throws InvalidKeySpecException {
    if (value <= 0) {
      throw new InvalidKeySpecException(what + (value == 0 ? " not found" : " is negative"));
    }
    return value;
  }

  private void requireNotDestroyed() {
    if (destroyed) {
      throw new IllegalStateException("the key was destroyed");
    }
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
  public String getAlgorithm() {
    return algorithm;
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  @Override
  public byte[] getEncoded() {
    requireNotDestroyed();
    return key.clone();
  }

  @Override
  public void destroy() {
    destroyed = true;
    Arrays.fill(key, (byte) 0);
    Arrays.fill(password, '\0');
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key) ^ algorithm.toLowerCase(Locale.ENGLISH).hashCode();
  }

  @Override
  public boolean equals(Object object) {
    if (object == this) {
      return true;
    }
    if (!(object instanceof SecretKey other)
        || destroyed
        || other.isDestroyed()
        || !algorithm.equalsIgnoreCase(other.getAlgorithm())
        || !"RAW".equalsIgnoreCase(other.getFormat())) {
      return false;
    }
    byte[] encoded = other.getEncoded();
    try {
      return MessageDigest.isEqual(key, encoded);
    } finally {
      if (encoded != null) {
        Arrays.fill(encoded, (byte) 0);
      }
    }
  }

  /** As a key without password: any JDK reads it back. */
  private Object writeReplace() {
    return new KeyRep(KeyRep.Type.SECRET, algorithm, getFormat(), getEncoded());
  }

  private void readObject(ObjectInputStream stream) throws InvalidObjectException {
    throw new InvalidObjectException("read as a KeyRep");
  }
}
