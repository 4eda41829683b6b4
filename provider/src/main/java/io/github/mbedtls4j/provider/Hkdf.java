package io.github.mbedtls4j.provider;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.provider.internal.kdf.HkdfCore;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * HKDF (RFC 5869) with any digest of the library, for JDKs without {@code javax.crypto.KDF}.
 *
 * <p>Null stands for an empty salt, key material or info, and an empty salt for one of zeros.
 * Arguments stay unchanged; results are the caller's to wipe. Instances are immutable and safe for
 * use by several threads.
 */
public final class Hkdf {
  private final Hash hash;

  private Hkdf(Hash hash) {
    this.hash = hash;
  }

  /**
   * HKDF with a digest.
   *
   * @param digest a name as of {@code MessageDigest}, such as {@code SHA-256}
   * @throws NoSuchAlgorithmException if the library lacks it
   */
  public static Hkdf with(String digest) throws NoSuchAlgorithmException {
    MbedTls.load();
    String name = digest.toUpperCase(Locale.ROOT).replace("-", "");
    for (Hash hash : Hash.values()) {
      if (hash.compactName().equals(name) && hash.supported()) {
        return new Hkdf(hash);
      }
    }
    throw new NoSuchAlgorithmException("HKDF with " + digest + " is not available");
  }

  /** The length of a pseudorandom key in bytes: that of the digest. */
  public int keyLength() {
    return hash.length();
  }

  /** The longest output in bytes: 255 digests. */
  public int maximumLength() {
    return HkdfCore.maximumLength(hash);
  }

  /** Extracts a pseudorandom key from key material. */
  public byte[] extract(byte[] salt, byte[] keyMaterial) {
    return HkdfCore.extract(hash, salt, keyMaterial);
  }

  /**
   * Expands a pseudorandom key.
   *
   * @throws InvalidAlgorithmParameterException if the key is shorter than a digest, or {@code
   *     length} above {@link #maximumLength}
   * @throws IllegalArgumentException if {@code length} is not positive
   */
  public byte[] expand(byte[] pseudorandomKey, byte[] info, int length)
      throws InvalidAlgorithmParameterException {
    return HkdfCore.expand(hash, pseudorandomKey, info, length);
  }

  /**
   * Extracts and expands.
   *
   * @throws InvalidAlgorithmParameterException if {@code length} is above {@link #maximumLength}
   * @throws IllegalArgumentException if {@code length} is not positive
   */
  public byte[] derive(byte[] keyMaterial, byte[] salt, byte[] info, int length)
      throws InvalidAlgorithmParameterException {
    return HkdfCore.derive(hash, keyMaterial, salt, info, length);
  }
}
