package io.github.mbedtls4j.wycheproof;

import java.security.GeneralSecurityException;

/** Runs the vectors of one schema. */
interface VectorRunner {

  /**
   * Runs one vector.
   *
   * @throws VectorFailure if the provider answers wrongly
   * @throws GeneralSecurityException if what all vectors of the group need is missing, such as the
   *     algorithm itself
   */
  void run(Jca jca, VectorGroup group, TestVector vector)
      throws VectorFailure, GeneralSecurityException;
}
