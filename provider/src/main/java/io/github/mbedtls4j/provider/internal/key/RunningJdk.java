package io.github.mbedtls4j.provider.internal.key;

import java.security.cert.Certificate;
import java.util.Arrays;

/** Where the JDK's providers changed after version 17: ours follow the JDK that they run on. */
public final class RunningJdk {
  private static final int FEATURE = Runtime.version().feature();

  private RunningJdk() {}

  /** The bits of an RSA modulus when the caller names none (3072 since JDK 19, JDK-8267319). */
  static int defaultRsaBits() {
    return FEATURE >= 19 ? 3072 : 2048;
  }

  /** The bits of an EC key when the caller names none (384 since JDK 19, JDK-8267319). */
  static int defaultEcBits() {
    return FEATURE >= 19 ? 384 : 256;
  }

  /** The bits of a DH modulus when the caller names none (3072 since JDK 19, JDK-8267319). */
  public static int defaultDhBits() {
    return FEATURE >= 19 ? 3072 : 2048;
  }

  /** The block of key wrap, to which it pads: of 8 bytes since JDK 18 (JDK-8271745). */
  public static int keyWrapBlock() {
    return FEATURE >= 18 ? 8 : 16;
  }

  /** Whether KWP refuses every IV but that of RFC 5649 (since JDK 18, JDK-8271745). */
  public static boolean paddedKeyWrapHasOneIv() {
    return FEATURE >= 18;
  }

  /** The hash code of public keys of the JDK: 21 still sums octets, 25 does not. */
  static int publicKeyHash(byte[] encoding) {
    if (FEATURE >= 22) {
      return Arrays.hashCode(encoding);
    }
    int hash = encoding.length;
    for (byte octet : encoding) {
      hash += (octet & 0xFF) * 37;
    }
    return hash;
  }

  /** How many certificates a TLS client may send by default (8 since JDK 22, JDK-8311596). */
  public static int maxClientChain() {
    return FEATURE >= 22 ? 8 : 10;
  }

  /** What the Flight Recorder's events call a certificate: 17 keeps the sign, 25 does not. */
  public static long certificateId(Certificate certificate) {
    int hash = certificate.hashCode();
    return FEATURE >= 18 ? Integer.toUnsignedLong(hash) : hash;
  }
}
