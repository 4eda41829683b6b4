package io.github.mbedtls4j.provider.internal;

import io.github.mbedtls4j.nativeloader.handle.ContextType;
import io.github.mbedtls4j.provider.internal.agreement.DhParameterGeneratorSpi;
import io.github.mbedtls4j.provider.internal.agreement.DhParametersSpi;
import io.github.mbedtls4j.provider.internal.agreement.DhSpi;
import io.github.mbedtls4j.provider.internal.key.DhKeyFactorySpi;
import io.github.mbedtls4j.provider.internal.key.DhKeyPairGeneratorSpi;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The rows of Diffie-Hellman. */
final class DhServices extends ServiceTable {
  private static final Map<String, String> KEYS =
      Map.of(
          "SupportedKeyClasses",
          "javax.crypto.interfaces.DHPublicKey|javax.crypto.interfaces.DHPrivateKey");

  @Override
  void fill() {
    addDh("KeyFactory", Map.of(), DhKeyFactorySpi.class, provider -> new DhKeyFactorySpi());
    addDh(
        "KeyPairGenerator",
        Map.of(),
        DhKeyPairGeneratorSpi.class,
        provider -> new DhKeyPairGeneratorSpi());
    addDh("KeyAgreement", KEYS, DhSpi.class, provider -> new DhSpi());
    addDh(
        "AlgorithmParameters", Map.of(), DhParametersSpi.class, provider -> new DhParametersSpi());
    addDh(
        "AlgorithmParameterGenerator",
        Map.of(),
        DhParameterGeneratorSpi.class,
        DhParameterGeneratorSpi::new);
  }

  private void addDh(
      String type,
      Map<String, String> attributes,
      Class<?> spiClass,
      Function<Provider, Object> spi) {
    List<String> aliases = new ArrayList<>(oid("1.2.840.113549.1.3.1"));
    aliases.add("DH");
    add(
        type,
        "DiffieHellman",
        aliases,
        attributes,
        "MBEDTLS_DHM_C",
        () -> ContextType.DHM.size() > 0,
        spiClass,
        spi);
  }
}
