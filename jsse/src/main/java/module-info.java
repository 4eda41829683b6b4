/** The JSSE provider {@code MbedJSSE}. */
module io.github.mbedtls4j.jsse {
  requires io.github.mbedtls4j.nativeloader;
  requires io.github.mbedtls4j.provider;
  requires java.naming;
  requires static jdk.jfr;

  exports io.github.mbedtls4j.jsse;

  provides java.security.Provider with
      io.github.mbedtls4j.jsse.MbedTlsJsseProvider;
}
