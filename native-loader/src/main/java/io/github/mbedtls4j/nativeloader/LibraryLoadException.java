package io.github.mbedtls4j.nativeloader;

/**
 * No usable Mbed TLS 2.28 library: the message lists every place tried, why each failed, and what
 * to do about it.
 *
 * <p>Not a {@code ProviderException}: thrown by the constructor of a configured provider, the JDK
 * would pass that up to every user of any provider instead of going on with the next one.
 */
public final class LibraryLoadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LibraryLoadException(String message) {
    super(message);
  }

  LibraryLoadException(String message, Throwable cause) {
    super(message, cause);
  }
}
