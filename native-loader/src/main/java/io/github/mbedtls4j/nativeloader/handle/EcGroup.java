package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Bignum;
import io.github.mbedtls4j.nativeloader.binding.Ecdh;
import io.github.mbedtls4j.nativeloader.binding.Ecdsa;
import io.github.mbedtls4j.nativeloader.binding.Ecp;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One curve with room for the operands of one operation.
 *
 * <p>A group keeps a table of multiples of its generator once it was used, which halves the cost of
 * a signature, but fills it without a lock: groups are pooled by curve and serve one operation at a
 * time. Keys enter as bytes, so no native key outlives an operation.
 */
public final class EcGroup extends NativeHandle {
  private static final Map<Curve, Pool<EcGroup>> POOLS = new EnumMap<>(Curve.class);

  static {
    for (Curve curve : Curve.values()) {
      POOLS.put(curve, new Pool<>(() -> new EcGroup(curve)));
    }
  }

  private static final long POINT_AT = ContextType.ECP_GROUP.size();
  private static final long NUMBERS_AT = POINT_AT + ContextType.ECP_POINT.size();
  private static final int NUMBERS = 3;

  private final Curve curve;

  private EcGroup(Curve curve) {
    super(
        NUMBERS_AT + (long) NUMBERS * ContextType.MPI.size(),
        ctx -> {
          Ecp.mbedtls_ecp_group_init(ctx);
          Ecp.mbedtls_ecp_point_init(ctx + POINT_AT);
          MpiBlock.each(ctx + NUMBERS_AT, NUMBERS, Bignum::mbedtls_mpi_init);
        },
        ctx -> {
          freeOperands(ctx);
          Ecp.mbedtls_ecp_group_free(ctx);
        });
    this.curve = curve;
    call("mbedtls_ecp_group_load", ctx -> Ecp.mbedtls_ecp_group_load(ctx, curve.groupId()));
  }

  private static void freeOperands(long ctx) {
    Ecp.mbedtls_ecp_point_free(ctx + POINT_AT);
    MpiBlock.each(ctx + NUMBERS_AT, NUMBERS, Bignum::mbedtls_mpi_free);
  }

  /**
   * ECDSA with the deterministic nonce of RFC 6979.
   *
   * @param d the private value
   * @param hash names the digest for RFC 6979's HMAC_DRBG
   * @return r and s, each of {@link Curve#orderLength} bytes
   */
  public static byte[] sign(Curve curve, byte[] d, Hash hash, byte[] digest) {
    return use(curve, group -> group.sign(d, hash, digest));
  }

  /**
   * Verifies an ECDSA signature.
   *
   * @param q the public point, uncompressed
   * @return false if the signature is wrong
   */
  public static boolean verify(Curve curve, byte[] q, byte[] digest, byte[] r, byte[] s) {
    return use(curve, group -> group.verify(q, digest, r, s));
  }

  /**
   * ECDH (NIST SP 800-56A): the x coordinate of d times Q, as long as a field element.
   *
   * @throws MbedTlsException if Q is not a point of the curve or the result is the zero point
   */
  public static byte[] sharedSecret(Curve curve, byte[] d, byte[] q) {
    return use(curve, group -> group.sharedSecret(d, q));
  }

  /**
   * The point d times P, uncompressed.
   *
   * @param d in [1, n-1]
   * @param p uncompressed
   * @throws MbedTlsException if d is out of range or P is not a point of the curve
   */
  public static byte[] multiply(Curve curve, byte[] d, byte[] p) {
    return use(curve, group -> group.multiply(d, p));
  }

  /** A new key pair: the private value d and the point Q in uncompressed form. */
  public static List<byte[]> generate(Curve curve) {
    return use(curve, EcGroup::generate);
  }

  /**
   * Checks that a point is on the curve and not zero.
   *
   * @throws MbedTlsException if it is not
   */
  public static void checkPublic(Curve curve, byte[] q) {
    use(
        curve,
        group -> {
          group.call("mbedtls_ecp_check_pubkey", ctx -> group.readPoint(ctx, q));
          return null;
        });
  }

  /**
   * Checks that a private value is in [1, n-1].
   *
   * @throws MbedTlsException if it is not
   */
  public static void checkPrivate(Curve curve, byte[] d) {
    use(
        curve,
        group -> {
          group.call(
              "mbedtls_ecp_check_privkey",
              ctx -> {
                long number = number(ctx, 0);
                MpiBlock.read(number, d);
                return Ecp.mbedtls_ecp_check_privkey(ctx, number);
              });
          return null;
        });
  }

  private static <R> R use(Curve curve, Function<EcGroup, R> operation) {
    return Pool.with(
        POOLS.get(curve),
        group -> {
          try {
            return operation.apply(group);
          } finally {
            group.forget();
          }
        });
  }

  /** Overwrites the operands and keeps the warm group. */
  private void forget() {
    call(
        "mbedtls_mpi_free",
        ctx -> {
          freeOperands(ctx);
          return 0;
        });
  }

  private static long number(long ctx, int index) {
    return MpiBlock.at(ctx + NUMBERS_AT, index);
  }

  private int readPoint(long ctx, byte[] q) {
    try (NativeBuffer in = NativeBuffer.of(q)) {
      MbedTlsException.check(
          "mbedtls_ecp_point_read_binary",
          Ecp.mbedtls_ecp_point_read_binary(ctx, ctx + POINT_AT, in.address(), q.length));
    }
    return MbedTlsException.check(
        "mbedtls_ecp_check_pubkey", Ecp.mbedtls_ecp_check_pubkey(ctx, ctx + POINT_AT));
  }

  private byte[] sign(byte[] d, Hash hash, byte[] digest) {
    byte[] signature = new byte[2 * curve.orderLength()];
    try (NativeBuffer in = NativeBuffer.of(digest)) {
      call(
          "mbedtls_ecdsa_sign_det_ext",
          ctx -> {
            long r = number(ctx, 0);
            long s = number(ctx, 1);
            long key = number(ctx, 2);
            MpiBlock.read(key, d);
            int result =
                Rng.lend(
                    rng ->
                        Ecdsa.mbedtls_ecdsa_sign_det_ext(
                            ctx,
                            r,
                            s,
                            key,
                            in.address(),
                            digest.length,
                            hash.mdType(),
                            Rng.F_RNG,
                            rng));
            if (result == 0) {
              int half = curve.orderLength();
              System.arraycopy(MpiBlock.write(r, half), 0, signature, 0, half);
              System.arraycopy(MpiBlock.write(s, half), 0, signature, half, half);
            }
            return result;
          });
    }
    return signature;
  }

  private boolean verify(byte[] q, byte[] digest, byte[] r, byte[] s) {
    int[] result = new int[1];
    try (NativeBuffer in = NativeBuffer.of(digest)) {
      call(
          "mbedtls_ecdsa_verify",
          ctx -> {
            readPoint(ctx, q);
            MpiBlock.read(number(ctx, 0), r);
            MpiBlock.read(number(ctx, 1), s);
            result[0] =
                Ecdsa.mbedtls_ecdsa_verify(
                    ctx,
                    in.address(),
                    digest.length,
                    ctx + POINT_AT,
                    number(ctx, 0),
                    number(ctx, 1));
            return result[0] == Ecp.MBEDTLS_ERR_ECP_VERIFY_FAILED ? 0 : result[0];
          });
    }
    return result[0] == 0;
  }

  private byte[] sharedSecret(byte[] d, byte[] q) {
    byte[][] secret = new byte[1][];
    call(
        "mbedtls_ecdh_compute_shared",
        ctx -> {
          readPoint(ctx, q);
          MpiBlock.read(number(ctx, 0), d);
          int result =
              Rng.lend(
                  rng ->
                      Ecdh.mbedtls_ecdh_compute_shared(
                          ctx, number(ctx, 1), ctx + POINT_AT, number(ctx, 0), Rng.F_RNG, rng));
          if (result == 0) {
            secret[0] = MpiBlock.write(number(ctx, 1), curve.fieldLength());
          }
          return result;
        });
    return secret[0];
  }

  private byte[] multiply(byte[] d, byte[] p) {
    byte[][] product = new byte[1][];
    call(
        "mbedtls_ecp_mul",
        ctx -> {
          readPoint(ctx, p);
          MpiBlock.read(number(ctx, 0), d);
          int result =
              Rng.lend(
                  rng ->
                      Ecp.mbedtls_ecp_mul(
                          ctx, ctx + POINT_AT, number(ctx, 0), ctx + POINT_AT, Rng.F_RNG, rng));
          if (result == 0) {
            product[0] = point(ctx);
          }
          return result;
        });
    return product[0];
  }

  private List<byte[]> generate() {
    List<byte[]> pair = new ArrayList<>();
    call(
        "mbedtls_ecp_gen_keypair",
        ctx -> {
          int result =
              Rng.lend(
                  rng ->
                      Ecp.mbedtls_ecp_gen_keypair(
                          ctx, number(ctx, 0), ctx + POINT_AT, Rng.F_RNG, rng));
          if (result == 0) {
            pair.add(MpiBlock.write(number(ctx, 0), curve.orderLength()));
            pair.add(point(ctx));
          }
          return result;
        });
    return pair;
  }

  private byte[] point(long ctx) {
    int length = 1 + 2 * curve.fieldLength();
    try (NativeBuffer out = NativeBuffer.allocate(length);
        NativeBuffer olen = NativeBuffer.allocate(8)) {
      MbedTlsException.check(
          "mbedtls_ecp_point_write_binary",
          Ecp.mbedtls_ecp_point_write_binary(
              ctx,
              ctx + POINT_AT,
              Ecp.MBEDTLS_ECP_PF_UNCOMPRESSED,
              olen.address(),
              out.address(),
              length));
      return out.bytes(0, length);
    }
  }
}
