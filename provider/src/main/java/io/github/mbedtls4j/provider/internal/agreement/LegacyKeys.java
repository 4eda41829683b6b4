package io.github.mbedtls4j.provider.internal.agreement;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Secret keys from the first bytes of a secret, as JDKs before 8u161 made them. */
final class LegacyKeys {
  private static final int DES = 8;
  private static final int DESEDE = 24;
  private static final int BLOWFISH = 56;
  private static final int AES = 32;

  private LegacyKeys() {}

  /** A key; null if the algorithm is none of these or the secret is too short. */
  static SecretKey of(String upperName, byte[] secret) {
    return switch (upperName) {
      case "DES" -> withParity("DES", secret, DES);
      case "DESEDE", "TRIPLEDES" -> withParity("DESede", secret, DESEDE);
      case "BLOWFISH" ->
          new SecretKeySpec(secret, 0, Math.min(BLOWFISH, secret.length), "Blowfish");
      case "AES" -> secret.length < AES ? null : new SecretKeySpec(secret, 0, AES, "AES");
      default -> null;
    };
  }

  private static SecretKey withParity(String algorithm, byte[] secret, int length) {
    if (secret.length < length) {
      return null;
    }
    byte[] key = new byte[length];
    for (int i = 0; i < length; i++) {
      int bits = secret[i] & 0xFE;
      key[i] = (byte) (bits | ((Integer.bitCount(bits) & 1) ^ 1));
    }
    return new SecretKeySpec(key, algorithm);
  }
}
