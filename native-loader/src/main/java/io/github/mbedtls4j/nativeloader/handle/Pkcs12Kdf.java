package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Md;
import java.util.Arrays;

/**
 * The key derivation of PKCS #12 (RFC 7292, appendix B.2). {@code mbedtls_pkcs12_derivation} takes
 * no password of more than 31 characters and no salt of more than 64 bytes; this does.
 */
public final class Pkcs12Kdf {
  /** What the derived bytes are for: appendix B.3. */
  public enum Purpose {
    KEY(1),
    IV(2),
    MAC(3);

    private final byte id;

    Purpose(int id) {
      this.id = (byte) id;
    }
  }

  private Pkcs12Kdf() {}

  /**
   * Derives bytes.
   *
   * @param password a BMPString with its terminating zeros, or nothing
   */
  public static byte[] derive(
      Hash hash, Purpose purpose, byte[] password, byte[] salt, int iterations, int length) {
    int v = hash.blockLength();
    byte[] diversifier = new byte[v];
    Arrays.fill(diversifier, purpose.id);
    int saltLength = roundUp(salt.length, v);
    byte[] input = new byte[v + saltLength + roundUp(password.length, v)];
    System.arraycopy(diversifier, 0, input, 0, v);
    repeat(salt, input, v, saltLength);
    repeat(password, input, v + saltLength, input.length - v - saltLength);
    byte[] derived = new byte[length];
    byte[] b = new byte[v];
    for (int at = 0; at < length; at += hash.length()) {
      byte[] a = iterate(hash, input, iterations);
      System.arraycopy(a, 0, derived, at, Math.min(a.length, length - at));
      repeat(a, b, 0, v);
      for (int block = v; block < input.length; block += v) {
        addPlusOne(input, block, b);
      }
      Arrays.fill(a, (byte) 0);
    }
    Arrays.fill(b, (byte) 0);
    Arrays.fill(input, (byte) 0);
    return derived;
  }

  private static byte[] iterate(Hash hash, byte[] input, int iterations) {
    byte[] first = hash.digest(input, 0, input.length);
    if (hash.isSha512t()) {
      byte[] value = first;
      try (MdContext context = new MdContext(hash)) {
        for (int i = 1; i < iterations; i++) {
          context.start();
          context.update(value, 0, value.length);
          value = context.finish();
        }
      }
      return value;
    }
    // In place, without copies to and from Java.
    try (NativeBuffer value = NativeBuffer.of(first)) {
      for (int i = 1; i < iterations; i++) {
        MbedTlsException.check(
            "mbedtls_md",
            Md.mbedtls_md(hash.info(), value.address(), first.length, value.address()));
      }
      return value.bytes(0, first.length);
    }
  }

  /** {@code target += b + 1} as big-endian numbers of one block. */
  private static void addPlusOne(byte[] target, int offset, byte[] b) {
    int carry = 1;
    for (int i = b.length - 1; i >= 0; i--) {
      carry += (target[offset + i] & 0xFF) + (b[i] & 0xFF);
      target[offset + i] = (byte) carry;
      carry >>>= 8;
    }
  }

  private static void repeat(byte[] source, byte[] target, int offset, int length) {
    for (int i = 0; i < length; i++) {
      target[offset + i] = source[i % source.length];
    }
  }

  private static int roundUp(int length, int block) {
    return (length + block - 1) / block * block;
  }
}
