package io.github.mbedtls4j.provider.internal.random;

import io.github.mbedtls4j.nativeloader.handle.Rng;
import java.security.SecureRandomSpi;

/** CTR_DRBG of Mbed TLS; it keeps no state of its own, so threads may share an object. */
public final class CtrDrbgSpi extends SecureRandomSpi {
  private static final long serialVersionUID = 1L;

  @Override
  protected void engineSetSeed(byte[] seed) {
    Rng.reseed(seed);
  }

  @Override
  protected void engineNextBytes(byte[] bytes) {
    Rng.fill(bytes, 0, bytes.length);
  }

  @Override
  protected byte[] engineGenerateSeed(int length) {
    if (length < 0) {
      throw new IllegalArgumentException("a seed cannot have " + length + " bytes");
    }
    return Rng.seed(length);
  }
}
