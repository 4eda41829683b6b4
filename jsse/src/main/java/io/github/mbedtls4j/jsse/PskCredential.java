package io.github.mbedtls4j.jsse;

import io.github.mbedtls4j.nativeloader.handle.PskLimit;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.security.auth.Destroyable;

/**
 * A pre-shared key with its identity. The key is copied, and the copy lives on the Java heap until
 * {@link #destroy}. Safe for use by several threads.
 */
public final class PskCredential implements Destroyable {
  /**
   * The longest identity that one can prove, in bytes: what an 8192-bit RSA or Diffie-Hellman
   * number leaves of the 16,384 bytes that Mbed TLS has for a handshake message.
   */
  public static final int MAX_IDENTITY_LENGTH = (1 << 14) - 4 - 2 - (2 + 1024);

  private final PskIdentity identity;
  private final byte[] key;
  private boolean destroyed;

  /**
   * A credential of a key's bytes.
   *
   * @param identity at most {@link #MAX_IDENTITY_LENGTH} bytes
   * @param key 1 to {@link #maxKeyLength} bytes
   * @throws IllegalArgumentException if either has another length
   */
  public PskCredential(PskIdentity identity, byte[] key) {
    if (identity.bytes().length > MAX_IDENTITY_LENGTH) {
      throw new IllegalArgumentException(
          "Mbed TLS 2.28 takes PSK identities of 1 to "
              + MAX_IDENTITY_LENGTH
              + " bytes, not "
              + identity.bytes().length);
    }
    if (key.length == 0 || key.length > maxKeyLength()) {
      throw new IllegalArgumentException(
          "this Mbed TLS takes pre-shared keys of 1 to "
              + maxKeyLength()
              + " bytes, not "
              + key.length);
    }
    this.identity = identity;
    this.key = key.clone();
  }

  /**
   * A credential of an identity in UTF-8 and a key's bytes.
   *
   * @throws IllegalArgumentException as {@link #PskCredential(PskIdentity, byte[])} and {@link
   *     PskIdentity#of(String)}
   */
  public PskCredential(String identity, byte[] key) {
    this(PskIdentity.of(identity), key);
  }

  /**
   * A credential of a key object, whose encoding is copied.
   *
   * @throws IllegalArgumentException if the key has no encoding, or as {@link
   *     #PskCredential(PskIdentity, byte[])}
   */
  public static PskCredential of(PskIdentity identity, SecretKey key) {
    byte[] encoded = key.getEncoded();
    if (encoded == null) {
      throw new IllegalArgumentException("a pre-shared key without an encoding");
    }
    try {
      return new PskCredential(identity, encoded);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  /**
   * The longest key that the loaded library takes, in bytes: 64 (RFC 4279 section 5.3) with the one
   * that comes with mbedtls4j, 32 with Debian's ({@code MBEDTLS_PSK_MAX_LEN}).
   */
  public static int maxKeyLength() {
    return PskLimit.bytes();
  }

  /** The identity. */
  public PskIdentity identity() {
    return identity;
  }

  /**
   * A copy of the key's bytes, which the caller should overwrite after use.
   *
   * @throws IllegalStateException after {@link #destroy}
   */
  public synchronized byte[] key() {
    if (destroyed) {
      throw new IllegalStateException("the pre-shared key was destroyed");
    }
    return key.clone();
  }

  /** Overwrites the key. Connections that go on are not affected, new ones fail. */
  @Override
  public synchronized void destroy() {
    destroyed = true;
    Arrays.fill(key, (byte) 0);
  }

  @Override
  public synchronized boolean isDestroyed() {
    return destroyed;
  }

  /** The identity alone. */
  @Override
  public String toString() {
    return "PskCredential(" + identity + ")";
  }
}
