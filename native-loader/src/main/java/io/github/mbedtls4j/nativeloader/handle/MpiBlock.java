package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Bignum;
import java.util.function.LongConsumer;

/** Numbers ({@code mbedtls_mpi}) side by side in a handle's block, as unsigned big-endian bytes. */
final class MpiBlock {
  private MpiBlock() {}

  /** Applies init or free to {@code count} numbers from an address on. */
  static void each(long first, int count, LongConsumer operation) {
    for (int i = 0; i < count; i++) {
      operation.accept(at(first, i));
    }
  }

  static long at(long first, int index) {
    return first + (long) index * ContextType.MPI.size();
  }

  static void read(long mpi, byte[] value) {
    try (NativeBuffer in = NativeBuffer.of(value)) {
      MbedTlsException.check(
          "mbedtls_mpi_read_binary",
          Bignum.mbedtls_mpi_read_binary(mpi, in.address(), value.length));
    }
  }

  /** The number's bytes, left-padded with zeros to {@code length}. */
  static byte[] write(long mpi, int length) {
    try (NativeBuffer out = NativeBuffer.allocate(length)) {
      MbedTlsException.check(
          "mbedtls_mpi_write_binary", Bignum.mbedtls_mpi_write_binary(mpi, out.address(), length));
      return out.bytes(0, length);
    }
  }

  static byte[] write(long mpi) {
    return write(mpi, (int) Bignum.mbedtls_mpi_size(mpi));
  }
}
