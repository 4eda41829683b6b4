/** The JCA/JCE provider {@code MbedTLS}. */
// The module that packages are exported to is compiled later.
@SuppressWarnings("module")
module io.github.mbedtls4j.provider {
  // MbedTls tells version and features of the library, and constructors may throw its exception.
  requires transitive io.github.mbedtls4j.nativeloader;

  exports io.github.mbedtls4j.provider;
  exports io.github.mbedtls4j.provider.spec;
  exports io.github.mbedtls4j.provider.internal to
      io.github.mbedtls4j.jsse;
  exports io.github.mbedtls4j.provider.internal.key to
      io.github.mbedtls4j.jsse;

  provides java.security.Provider with
      io.github.mbedtls4j.provider.MbedTlsProvider;
}
