package io.github.mbedtls4j.nativeloader;

import java.security.ProviderException;

/**
 * No usable Mbed TLS 2.28 library: the message lists every place tried, why each failed, and what
 * to do about it.
 */
public final class LibraryLoadException extends ProviderException {
  private static final long serialVersionUID = 1L;

  LibraryLoadException(String message) {
    super(message);
  }

  LibraryLoadException(String message, Throwable cause) {
    super(message, cause);
  }
}
