package io.github.mbedtls4j.wycheproof;

/** The provider's answer to a vector is wrong. Checked, so that a group collects all of them. */
final class VectorFailure extends Exception {

  private static final long serialVersionUID = 1L;

  VectorFailure(String message) {
    super(message);
  }

  VectorFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
