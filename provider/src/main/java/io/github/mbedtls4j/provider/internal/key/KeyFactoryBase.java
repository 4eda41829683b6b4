package io.github.mbedtls4j.provider.internal.key;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactorySpi;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.EncodedKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/** What key factories have in common: encodings, translation and the exceptions of the JDK. */
abstract class KeyFactoryBase extends KeyFactorySpi {
  /** A public key from a specification; null if its class is not known. */
  abstract PublicKey readPublic(KeySpec spec) throws InvalidKeyException;

  /** A private key from a specification; null if its class is not known. */
  abstract PrivateKey readPrivate(KeySpec spec) throws InvalidKeyException;

  /** The values of our key as the given class or the one that extends it; null if it is neither. */
  abstract KeySpec values(Key key, Class<?> wanted) throws InvalidKeySpecException;

  abstract PublicKey translatePublic(Key key) throws InvalidKeyException;

  abstract PrivateKey translatePrivate(Key key) throws InvalidKeyException;

  @Override
  protected final PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
    try {
      return found(readPublic(spec), spec, "public");
    } catch (InvalidKeyException e) {
      throw new InvalidKeySpecException(e.getMessage(), e);
    }
  }

  @Override
  protected final PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
    try {
      return found(readPrivate(spec), spec, "private");
    } catch (InvalidKeyException e) {
      throw new InvalidKeySpecException(e.getMessage(), e);
    }
  }

  private static <K> K found(K key, KeySpec spec, String kind) throws InvalidKeySpecException {
    if (key == null) {
      throw new InvalidKeySpecException(
          "No " + kind + " key is made from " + (spec == null ? "null" : spec.getClass()));
    }
    return key;
  }

  @Override
  protected final <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> wanted)
      throws InvalidKeySpecException {
    Key ours;
    try {
      ours = engineTranslateKey(key);
    } catch (InvalidKeyException e) {
      throw new InvalidKeySpecException(e.getMessage(), e);
    }
    KeySpec spec = values(ours, wanted);
    if (spec == null) {
      EncodedKeySpec encoded =
          ours instanceof PublicKey
              ? new X509EncodedKeySpec(ours.getEncoded())
              : new PKCS8EncodedKeySpec(ours.getEncoded());
      spec = wanted.isInstance(encoded) ? encoded : null;
    }
    if (spec == null) {
      throw new InvalidKeySpecException(
          "A key of " + ours.getClass() + " does not give " + wanted.getName());
    }
    return wanted.cast(spec);
  }

  @Override
  protected final Key engineTranslateKey(Key key) throws InvalidKeyException {
    if (key instanceof PublicKey) {
      return translatePublic(key);
    }
    if (key instanceof PrivateKey) {
      return translatePrivate(key);
    }
    throw new InvalidKeyException(
        key == null ? "Key must not be null" : "Neither a public nor a private key");
  }

  /** Numbers and points that a caller may have left null. */
  static void requirePresent(Object... values) throws InvalidKeyException {
    for (Object value : values) {
      if (value == null) {
        throw new InvalidKeyException("Key specification with a value that is null");
      }
    }
  }
}
