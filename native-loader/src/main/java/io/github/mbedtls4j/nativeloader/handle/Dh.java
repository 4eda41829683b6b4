package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Bignum;
import io.github.mbedtls4j.nativeloader.binding.Dhm;

/** Diffie-Hellman over a prime field (PKCS #3): {@code mbedtls_dhm_context}. */
public final class Dh extends NativeHandle {
  /** P and G of the call lie behind the context. */
  private static final long NUMBERS_AT = ContextType.DHM.size() + 15L & -16;

  /** Where the private value lies in {@code mbedtls_dhm_context}: behind its length, P and G. */
  private static final long X_AT = 8 + 2L * ContextType.MPI.size();

  private Dh() {
    super(
        NUMBERS_AT + 2L * ContextType.MPI.size(),
        block -> {
          Dhm.mbedtls_dhm_init(block);
          MpiBlock.each(block + NUMBERS_AT, 2, Bignum::mbedtls_mpi_init);
        },
        block -> {
          Dhm.mbedtls_dhm_free(block);
          MpiBlock.each(block + NUMBERS_AT, 2, Bignum::mbedtls_mpi_free);
        });
  }

  /**
   * The power {@code y^x mod p}, with blinding. All numbers are unsigned and big-endian.
   *
   * @param p an odd prime
   * @param g the generator of the group
   * @param y the peer's public value, or {@code g} for one's own
   * @return as many bytes as p has, leading zeros kept
   * @throws MbedTlsException if y is not in [2, p-2]
   */
  public static byte[] power(byte[] p, byte[] g, byte[] x, byte[] y) {
    try (Dh dh = new Dh()) {
      return dh.compute(p, g, x, y);
    }
  }

  private byte[] compute(byte[] p, byte[] g, byte[] x, byte[] y) {
    call(
        "mbedtls_dhm_set_group",
        ctx -> {
          long prime = MpiBlock.at(ctx + NUMBERS_AT, 0);
          long generator = MpiBlock.at(ctx + NUMBERS_AT, 1);
          MpiBlock.read(prime, p);
          MpiBlock.read(generator, g);
          MpiBlock.read(ctx + X_AT, x);
          return Dhm.mbedtls_dhm_set_group(ctx, prime, generator);
        });
    int length = p.length;
    try (NativeBuffer peer = NativeBuffer.of(y);
        NativeBuffer secret = NativeBuffer.allocate(length);
        NativeBuffer olen = NativeBuffer.allocate(8)) {
      call(
          "mbedtls_dhm_read_public",
          ctx -> Dhm.mbedtls_dhm_read_public(ctx, peer.address(), y.length));
      call(
          "mbedtls_dhm_calc_secret",
          ctx ->
              Rng.lend(
                  rng ->
                      Dhm.mbedtls_dhm_calc_secret(
                          ctx, secret.address(), length, olen.address(), Rng.F_RNG, rng)));
      // Mbed TLS strips leading zeros, as TLS wants it; everybody else keeps them.
      int used = (int) olen.getLong(0);
      byte[] padded = new byte[length];
      secret.get(0, padded, length - used, used);
      return padded;
    }
  }
}
