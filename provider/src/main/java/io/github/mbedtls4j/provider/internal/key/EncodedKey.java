package io.github.mbedtls4j.provider.internal.key;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.security.Key;
import java.security.KeyRep;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A key with an encoding, which alone decides about equality: so keys are equal to those of the JDK
 * and the other way round. Serialised as every JDK key is, by its encoding.
 */
abstract class EncodedKey implements Key {
  private static final long serialVersionUID = 1L;

  private final transient KeyRep.Type type;
  private final transient byte[] encoding;

  EncodedKey(KeyRep.Type type, byte[] encoding) {
    this.type = type;
    this.encoding = encoding;
  }

  @Override
  public final String getFormat() {
    return type == KeyRep.Type.PUBLIC ? "X.509" : "PKCS#8";
  }

  @Override
  public final byte[] getEncoded() {
    return encoding.clone();
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Key key
            && MessageDigest.isEqual(
                encoding, key instanceof EncodedKey ours ? ours.encoding : key.getEncoded()));
  }

  /** Equal to that of the JDK's keys, which equality with them demands. */
  @Override
  public int hashCode() {
    return type == KeyRep.Type.PUBLIC
        ? RunningJdk.publicKeyHash(encoding)
        : Arrays.hashCode(encoding);
  }

  protected final Object writeReplace() {
    return new KeyRep(type, getAlgorithm(), getFormat(), getEncoded());
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("keys are serialised as java.security.KeyRep");
  }
}
