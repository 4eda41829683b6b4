package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/ecp.h}. */
public final class Ecp {
  static {
    LoadedLibrary.register(Ecp.class);
  }

  private Ecp() {}

  public static final int MBEDTLS_ECP_PF_UNCOMPRESSED = 0;
  public static final int MBEDTLS_ERR_ECP_VERIFY_FAILED = -0x4E00;

  public static native long mbedtls_ecp_curve_info_from_grp_id(int grp_id);

  public static native void mbedtls_ecp_group_init(long grp);

  public static native void mbedtls_ecp_group_free(long grp);

  public static native int mbedtls_ecp_group_load(long grp, int id);

  public static native void mbedtls_ecp_point_init(long pt);

  public static native void mbedtls_ecp_point_free(long pt);

  public static native int mbedtls_ecp_point_read_binary(long grp, long pt, long buf, long ilen);

  public static native int mbedtls_ecp_point_write_binary(
      long grp, long pt, int format, long olen, long buf, long buflen);

  public static native int mbedtls_ecp_check_pubkey(long grp, long pt);

  public static native int mbedtls_ecp_check_privkey(long grp, long d);

  public static native int mbedtls_ecp_mul(
      long grp, long r, long m, long p, long f_rng, long p_rng);

  public static native int mbedtls_ecp_gen_keypair(
      long grp, long d, long q, long f_rng, long p_rng);

  public static native void mbedtls_ecp_keypair_init(long key);

  public static native void mbedtls_ecp_keypair_free(long key);
}
