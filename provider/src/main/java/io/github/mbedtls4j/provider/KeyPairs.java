package io.github.mbedtls4j.provider;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.provider.internal.key.Pairs;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * Whether a public and a private key belong together.
 *
 * <p>All methods are safe for use by several threads.
 */
public final class KeyPairs {
  private KeyPairs() {}

  /**
   * Whether a private key is that of a public key, by computing the one from the other. Keys are of
   * any provider and of the algorithms RSA (for RSASSA-PSS alone or not), EC, X25519 and X448;
   * those of different algorithms or curves do not belong together.
   *
   * @throws InvalidKeyException if a key is null, of another algorithm or curve than the library
   *     has, or does not give its values, as one in a token: sign with such a key and verify
   */
  public static boolean matches(PublicKey publicKey, PrivateKey privateKey)
      throws InvalidKeyException {
    MbedTls.load();
    return Pairs.match(publicKey, privateKey);
  }
}
