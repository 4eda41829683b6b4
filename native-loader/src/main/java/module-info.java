/**
 * Finds, opens and describes the Mbed TLS library; the only module that knows JNA.
 *
 * <p>{@code MbedTls} and {@code LibraryLoadException} are public API; what is exported to the
 * providers of this project alone is not.
 */
// The modules that the package is exported to are compiled later.
@SuppressWarnings("module")
module io.github.mbedtls4j.nativeloader {
  requires com.sun.jna;

  exports io.github.mbedtls4j.nativeloader;
  exports io.github.mbedtls4j.nativeloader.handle to
      io.github.mbedtls4j.provider,
      io.github.mbedtls4j.jsse;

  // JNA finds and calls the native methods and callbacks of these classes reflectively.
  opens io.github.mbedtls4j.nativeloader.binding to
      com.sun.jna;
}
