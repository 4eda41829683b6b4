package io.github.mbedtls4j.provider.internal.key;

import java.security.InvalidKeyException;
import java.security.Key;
import javax.crypto.interfaces.DHPrivateKey;
import javax.crypto.interfaces.DHPublicKey;

/** Turns keys of any provider into ours, as {@link Keys} does. */
public final class DhKeys {
  private DhKeys() {}

  /** Our form of a public key. */
  public static DhPublic publicKey(Key key) throws InvalidKeyException {
    return key instanceof DhPublic ours
        ? ours
        : Keys.translate(key, "Diffie-Hellman public key", () -> translatePublic(key));
  }

  private static DhPublic translatePublic(Key key) throws InvalidKeyException {
    if (!(key instanceof DHPublicKey values)) {
      throw new InvalidKeyException("Diffie-Hellman public key expected");
    }
    return new DhPublic(values.getParams(), values.getY());
  }

  /** Our form of a private key. */
  public static DhPrivate privateKey(Key key) throws InvalidKeyException {
    return key instanceof DhPrivate ours
        ? ours
        : Keys.translate(key, "Diffie-Hellman private key", () -> translatePrivate(key));
  }

  private static DhPrivate translatePrivate(Key key) throws InvalidKeyException {
    if (!(key instanceof DHPrivateKey values)) {
      throw new InvalidKeyException("Diffie-Hellman private key expected");
    }
    return new DhPrivate(values.getParams(), values.getX());
  }
}
