package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/bignum.h}. */
public final class Bignum {
  static {
    LoadedLibrary.register(Bignum.class);
  }

  private Bignum() {}

  public static final int MBEDTLS_ERR_MPI_BAD_INPUT_DATA = -0x0004;

  public static native void mbedtls_mpi_init(long x);

  public static native void mbedtls_mpi_free(long x);

  public static native long mbedtls_mpi_size(long x);

  public static native int mbedtls_mpi_read_binary(long x, long buf, long buflen);

  public static native int mbedtls_mpi_write_binary(long x, long buf, long buflen);

  public static native int mbedtls_mpi_read_binary_le(long x, long buf, long buflen);

  public static native int mbedtls_mpi_exp_mod(long x, long a, long e, long n, long prec_rr);
}
