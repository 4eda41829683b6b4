package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Bignum;
import io.github.mbedtls4j.nativeloader.binding.Ecdh;
import io.github.mbedtls4j.nativeloader.binding.Ecp;
import java.util.Arrays;

/**
 * The functions X25519 and X448 of RFC 7748, through {@code mbedtls_ecdh_context}: only that way
 * leads to the verified X25519 of Project Everest where the library has it.
 */
public final class Xdh extends NativeHandle {
  private static final int ECDH_OURS = 0;

  private static final long KEY_AT = ContextType.ECDH.size() + 15L & -16;

  /** Where the private number lies in {@code mbedtls_ecp_keypair} of the public header. */
  private static final long D_AT = KEY_AT + ContextType.ECP_GROUP.size();

  private Xdh() {
    super(
        KEY_AT + ContextType.ECP_KEYPAIR.size(),
        block -> {
          Ecdh.mbedtls_ecdh_init(block);
          Ecp.mbedtls_ecp_keypair_init(block + KEY_AT);
        },
        block -> {
          Ecdh.mbedtls_ecdh_free(block);
          Ecp.mbedtls_ecp_keypair_free(block + KEY_AT);
        });
  }

  /**
   * The secret of a scalar and a peer's coordinate, each little-endian and of the curve's length.
   *
   * @throws MbedTlsException if the coordinate is of low order, so that the secret would be zero
   */
  public static byte[] agree(XdhCurve curve, byte[] scalar, byte[] u) {
    byte[] clamped = curve.clamp(scalar);
    try (Xdh xdh = new Xdh()) {
      return xdh.compute(curve, clamped, u);
    } finally {
      Arrays.fill(clamped, (byte) 0);
    }
  }

  private byte[] compute(XdhCurve curve, byte[] scalar, byte[] u) {
    int length = curve.length();
    call("mbedtls_ecdh_setup", ctx -> Ecdh.mbedtls_ecdh_setup(ctx, curve.groupId()));
    call(
        "mbedtls_ecp_group_load", ctx -> Ecp.mbedtls_ecp_group_load(ctx + KEY_AT, curve.groupId()));
    try (NativeBuffer d = NativeBuffer.of(scalar)) {
      call(
          "mbedtls_mpi_read_binary_le",
          ctx -> Bignum.mbedtls_mpi_read_binary_le(ctx + D_AT, d.address(), length));
    }
    call(
        "mbedtls_ecdh_get_params",
        ctx -> Ecdh.mbedtls_ecdh_get_params(ctx, ctx + KEY_AT, ECDH_OURS));
    byte[] point = new byte[1 + length];
    point[0] = (byte) length;
    System.arraycopy(u, 0, point, 1, length);
    try (NativeBuffer peer = NativeBuffer.of(point);
        NativeBuffer secret = NativeBuffer.allocate(length);
        NativeBuffer olen = NativeBuffer.allocate(8)) {
      call(
          "mbedtls_ecdh_read_public",
          ctx -> Ecdh.mbedtls_ecdh_read_public(ctx, peer.address(), point.length));
      call(
          "mbedtls_ecdh_calc_secret",
          ctx ->
              Rng.lend(
                  rng ->
                      Ecdh.mbedtls_ecdh_calc_secret(
                          ctx, olen.address(), secret.address(), length, Rng.F_RNG, rng)));
      return secret.bytes(0, length);
    }
  }
}
