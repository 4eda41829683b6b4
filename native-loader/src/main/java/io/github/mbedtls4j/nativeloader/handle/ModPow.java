package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Bignum;

/** Modular exponentiation, whose native code does not branch on the bits of the exponent. */
public final class ModPow {
  private static final int NUMBERS = 4;

  private ModPow() {}

  /**
   * {@code base} to the power of {@code exponent} modulo {@code modulus}, as unsigned big-endian
   * numbers.
   *
   * @param modulus odd
   */
  public static byte[] modPow(byte[] base, byte[] exponent, byte[] modulus) {
    try (NativeBuffer mpis = NativeBuffer.allocate(NUMBERS * ContextType.MPI.size())) {
      long first = mpis.address();
      long result = MpiBlock.at(first, 3);
      MpiBlock.each(first, NUMBERS, Bignum::mbedtls_mpi_init);
      try {
        MpiBlock.read(first, base);
        MpiBlock.read(MpiBlock.at(first, 1), exponent);
        MpiBlock.read(MpiBlock.at(first, 2), modulus);
        MbedTlsException.check(
            "mbedtls_mpi_exp_mod",
            Bignum.mbedtls_mpi_exp_mod(
                result, first, MpiBlock.at(first, 1), MpiBlock.at(first, 2), 0));
        return MpiBlock.write(result);
      } finally {
        MpiBlock.each(first, NUMBERS, Bignum::mbedtls_mpi_free);
      }
    }
  }
}
