package io.github.mbedtls4j.provider.internal.key;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.security.KeyRep;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.SecretKey;

/**
 * A secret key that can be destroyed. Equal to any provider's key of the same algorithm with the
 * same bytes; serialised as these alone, so that any JDK reads it back.
 */
public abstract class RawKey implements SecretKey {
  private static final long serialVersionUID = 1L;

  private final transient String algorithm;
  private final transient byte[] key;
  private transient volatile boolean destroyed;

  /**
   * A key of an algorithm.
   *
   * @param key becomes this object's own
   */
  protected RawKey(String algorithm, byte[] key) {
    this.algorithm = algorithm;
    this.key = key;
  }

  /**
   * Lets the caller go on while the key lives.
   *
   * @throws IllegalStateException if it was destroyed
   */
  protected final void requireNotDestroyed() {
    if (destroyed) {
      throw new IllegalStateException("the key was destroyed");
    }
  }

  @Override
  public final String getAlgorithm() {
    return algorithm;
  }

  @Override
  public final String getFormat() {
    return "RAW";
  }

  @Override
  public final byte[] getEncoded() {
    requireNotDestroyed();
    return key.clone();
  }

  @Override
  public void destroy() {
    destroyed = true;
    Arrays.fill(key, (byte) 0);
  }

  @Override
  public final boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public final int hashCode() {
    return Arrays.hashCode(key) ^ algorithm.toLowerCase(Locale.ENGLISH).hashCode();
  }

  @Override
  public final boolean equals(Object object) {
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

  /** What is serialised in place of the key. */
  protected final Object writeReplace() {
    return new KeyRep(KeyRep.Type.SECRET, algorithm, getFormat(), getEncoded());
  }

  private void readObject(ObjectInputStream stream) throws InvalidObjectException {
    throw new InvalidObjectException("read as a KeyRep");
  }
}
