package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Ecp;

/** The Montgomery curves of RFC 7748. */
public enum XdhCurve {
  X25519(9, "1.3.101.110", 255),
  X448(13, "1.3.101.111", 448);

  private final int groupId;
  private final String oid;
  private final int bits;

  XdhCurve(int groupId, String oid, int bits) {
    this.groupId = groupId;
    this.oid = oid;
    this.bits = bits;
  }

  /** The {@code mbedtls_ecp_group_id}. */
  public int groupId() {
    return groupId;
  }

  /** The object identifier of RFC 8410. */
  public String oid() {
    return oid;
  }

  /** The bits of a coordinate. */
  public int bits() {
    return bits;
  }

  /** The length in bytes of a scalar, a coordinate and a secret. */
  public int length() {
    return (bits + 7) / 8;
  }

  /** Whether the loaded library has the curve. */
  public boolean supported() {
    return Ecp.mbedtls_ecp_curve_info_from_grp_id(groupId) != 0;
  }

  /** The u coordinate of the base point, little-endian. */
  public byte[] basePoint() {
    byte[] u = new byte[length()];
    u[0] = (byte) (this == X25519 ? 9 : 5);
    return u;
  }

  /** A copy of a scalar as RFC 7748 section 5 decodes it. */
  byte[] clamp(byte[] scalar) {
    byte[] k = scalar.clone();
    if (this == X25519) {
      k[0] &= (byte) 0xF8;
      k[31] = (byte) ((k[31] & 0x7F) | 0x40);
    } else {
      k[0] &= (byte) 0xFC;
      k[55] |= (byte) 0x80;
    }
    return k;
  }
}
