package io.github.mbedtls4j.provider.internal;

import io.github.mbedtls4j.provider.internal.rsa.OaepParametersSpi;
import io.github.mbedtls4j.provider.internal.rsa.RsaCipherSpi;
import java.util.List;
import java.util.Map;

/** The rows of RSA encryption and of RSASSA-PSS. */
final class RsaServices extends ServiceTable {
  private static final String NEEDS = "MBEDTLS_RSA_C";
  private static final String KEYS =
      "java.security.interfaces.RSAPublicKey|java.security.interfaces.RSAPrivateKey";

  @Override
  void fill() {
    // A mode or padding that is not listed makes the JCA go on to the next provider.
    add(
        "Cipher",
        "RSA",
        List.of(),
        Map.of(
            "SupportedKeyClasses",
            KEYS,
            "SupportedModes",
            "ECB",
            "SupportedPaddings",
            RsaCipherSpi.paddings()),
        NEEDS,
        () -> true,
        RsaCipherSpi.class,
        RsaCipherSpi::new);
    // JDK 25 has the identifier too.
    add(
        "AlgorithmParameters",
        "OAEP",
        oid("1.2.840.113549.1.1.7"),
        Map.of(),
        NEEDS,
        () -> true,
        OaepParametersSpi.class,
        provider -> new OaepParametersSpi());
  }
}
