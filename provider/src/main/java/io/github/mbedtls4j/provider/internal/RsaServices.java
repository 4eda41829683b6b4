package io.github.mbedtls4j.provider.internal;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.provider.internal.key.RsaKeyFactorySpi;
import io.github.mbedtls4j.provider.internal.key.RsaKeyPairGeneratorSpi;
import io.github.mbedtls4j.provider.internal.rsa.OaepParametersSpi;
import io.github.mbedtls4j.provider.internal.rsa.PssEncoding;
import io.github.mbedtls4j.provider.internal.rsa.RsaCipherSpi;
import io.github.mbedtls4j.provider.internal.signature.PssParametersSpi;
import io.github.mbedtls4j.provider.internal.signature.PssSignatureSpi;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The rows of RSA encryption and of RSASSA-PSS. */
final class RsaServices extends ServiceTable {
  private static final String NEEDS = "MBEDTLS_RSA_C";
  private static final String KEYS =
      "java.security.interfaces.RSAPublicKey|java.security.interfaces.RSAPrivateKey";

  @Override
  void fill() {
    encryption();
    pss();
  }

  private void encryption() {
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

  private void pss() {
    addPss("KeyFactory", RsaKeyFactorySpi.class, provider -> new RsaKeyFactorySpi(true));
    addPss(
        "KeyPairGenerator",
        RsaKeyPairGeneratorSpi.class,
        provider -> new RsaKeyPairGeneratorSpi(true));
    addPss("Signature", PssSignatureSpi.class, PssSignatureSpi::new);
    addPss("AlgorithmParameters", PssParametersSpi.class, provider -> new PssParametersSpi());
    for (Hash hash : Hash.values()) {
      if (PssEncoding.SIGNING.contains(hash)) {
        addNamedPss(hash);
      }
    }
  }

  /** Under the names that BouncyCastle gave to RSASSA-PSS with a fixed digest. */
  private void addNamedPss(Hash hash) {
    String digest = hash.compactName().replaceFirst("/(.*)", "($1)");
    add(
        "Signature",
        digest + "withRSA/PSS",
        List.of(digest + "withRSAandMGF1", digest + "withRSASSA-PSS"),
        Map.of("SupportedKeyClasses", KEYS),
        NEEDS + ", " + needs(hash),
        hash::supported,
        PssSignatureSpi.class,
        provider -> new PssSignatureSpi(provider, hash));
  }

  private void addPss(String type, Class<?> spiClass, Function<Provider, Object> spi) {
    List<String> aliases = new ArrayList<>(oid("1.2.840.113549.1.1.10"));
    aliases.add("PSS");
    add(
        type,
        "RSASSA-PSS",
        aliases,
        type.equals("AlgorithmParameters") ? Map.of() : Map.of("SupportedKeyClasses", KEYS),
        NEEDS,
        () -> true,
        spiClass,
        spi);
  }
}
