package io.github.mbedtls4j.provider.internal.key;

/** The lowest bit of each byte of a DES key makes the number of its one bits odd. */
final class DesParity {
  private DesParity() {}

  static void set(byte[] key) {
    for (int i = 0; i < key.length; i++) {
      int bits = key[i] & 0xFE;
      key[i] = (byte) (bits | (1 - Integer.bitCount(bits) % 2));
    }
  }
}
