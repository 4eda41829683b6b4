package io.github.mbedtls4j.provider.spec;

import java.security.spec.KeySpec;
import java.util.Objects;

/**
 * What HKDF (RFC 5869) derives a key from, for the {@code SecretKeyFactory} services {@code
 * HKDF-SHA256} and the like. On a JDK with {@code javax.crypto.KDF} that is the better interface.
 *
 * <p>Null stands for an empty salt or info. Arrays are copied in and out.
 */
public final class HkdfParameterSpec implements KeySpec {
  /** Which steps of HKDF are done. */
  public enum Mode {
    EXTRACT,
    EXPAND,
    EXTRACT_AND_EXPAND
  }

  private static final byte[] NOTHING = {};

  private final Mode mode;
  private final byte[] keyMaterial;
  private final byte[] salt;
  private final byte[] info;
  private final int length;
  private final String algorithm;

  private HkdfParameterSpec(
      Mode mode, byte[] keyMaterial, byte[] salt, byte[] info, int length, String algorithm) {
    this.mode = mode;
    this.keyMaterial = keyMaterial.clone();
    this.salt = salt == null ? NOTHING : salt.clone();
    this.info = info == null ? NOTHING : info.clone();
    this.length = length;
    this.algorithm = Objects.requireNonNull(algorithm, "algorithm");
    if (mode != Mode.EXTRACT && length <= 0) {
      throw new IllegalArgumentException("length must be positive: " + length);
    }
  }

  /** Extracts a pseudorandom key of the length of the digest. */
  public static HkdfParameterSpec extract(byte[] keyMaterial, byte[] salt, String algorithm) {
    return new HkdfParameterSpec(Mode.EXTRACT, keyMaterial, salt, null, 0, algorithm);
  }

  /**
   * Expands a pseudorandom key.
   *
   * @param length of the derived key in bytes
   * @param algorithm the algorithm name of the derived key
   */
  public static HkdfParameterSpec expand(
      byte[] pseudorandomKey, byte[] info, int length, String algorithm) {
    return new HkdfParameterSpec(Mode.EXPAND, pseudorandomKey, null, info, length, algorithm);
  }

  /**
   * Extracts and expands.
   *
   * @param length of the derived key in bytes
   * @param algorithm the algorithm name of the derived key
   */
  public static HkdfParameterSpec derive(
      byte[] keyMaterial, byte[] salt, byte[] info, int length, String algorithm) {
    return new HkdfParameterSpec(
        Mode.EXTRACT_AND_EXPAND, keyMaterial, salt, info, length, algorithm);
  }

  /** Which steps of HKDF are done. */
  public Mode mode() {
    return mode;
  }

  /** The input key material, or the pseudorandom key if it is only expanded. */
  public byte[] keyMaterial() {
    return keyMaterial.clone();
  }

  /** The salt. */
  public byte[] salt() {
    return salt.clone();
  }

  /** The context that the key is bound to. */
  public byte[] info() {
    return info.clone();
  }

  /** The length of the derived key in bytes; 0 if it is only extracted. */
  public int length() {
    return length;
  }

  /** The algorithm name of the derived key. */
  public String algorithm() {
    return algorithm;
  }
}
