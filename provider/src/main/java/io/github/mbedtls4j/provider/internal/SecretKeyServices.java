package io.github.mbedtls4j.provider.internal;

import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import io.github.mbedtls4j.nativeloader.handle.ContextType;
import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.provider.internal.key.DesKeyFactorySpi;
import io.github.mbedtls4j.provider.internal.key.DesKeyGeneratorSpi;
import io.github.mbedtls4j.provider.internal.key.SecretKeyGeneratorSpi;
import io.github.mbedtls4j.provider.internal.key.SecretKeyGeneratorSpi.Sizes;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The rows of generators and factories of secret keys. */
final class SecretKeyServices extends ServiceTable {

  @Override
  void fill() {
    keyGenerators();
    des(CipherKind.DES, List.of());
    des(CipherKind.DESEDE, List.of("TripleDES"));
  }

  private void des(CipherKind kind, List<String> aliases) {
    add(
        "KeyGenerator",
        kind.standardName(),
        aliases,
        Map.of(),
        kind.feature(),
        () -> kind.supports(CipherKind.Mode.ECB),
        DesKeyGeneratorSpi.class,
        provider -> new DesKeyGeneratorSpi(kind == CipherKind.DESEDE));
    add(
        "SecretKeyFactory",
        kind.standardName(),
        aliases,
        Map.of(),
        kind.feature(),
        () -> kind.supports(CipherKind.Mode.ECB),
        DesKeyFactorySpi.class,
        provider -> new DesKeyFactorySpi(kind == CipherKind.DESEDE));
  }

  private void keyGenerators() {
    // JDK 19 raised its default.
    int aesDefault = Runtime.version().feature() < 19 ? 128 : 256;
    for (CipherKind kind :
        new CipherKind[] {CipherKind.AES, CipherKind.ARIA, CipherKind.CAMELLIA}) {
      keyGenerator(
          kind.standardName(),
          kind == CipherKind.AES ? oid("2.16.840.1.101.3.4.1") : List.of(),
          kind.feature(),
          () -> kind.supports(CipherKind.Mode.ECB),
          new Sizes(
              aesDefault,
              bits -> bits % 8 == 0 && kind.takesKeyOf(bits / 8),
              "Wrong keysize: must be equal to 128, 192 or 256"));
    }
    keyGenerator(
        "Blowfish",
        List.of(),
        CipherKind.BLOWFISH.feature(),
        () -> CipherKind.BLOWFISH.supports(CipherKind.Mode.ECB),
        new Sizes(
            128,
            bits -> bits % 8 == 0 && CipherKind.BLOWFISH.takesKeyOf(bits / 8),
            "Keysize must be multiple of 8, and can only range from 32 to 448 (inclusive)"));
    keyGenerator(
        "XTEA",
        List.of(),
        CipherKind.XTEA.feature(),
        () -> CipherKind.XTEA.supports(CipherKind.Mode.ECB),
        new Sizes(128, bits -> bits == 128, "Key length for XTEA must be 128 bits"));
    keyGenerator(
        "ChaCha20",
        List.of(),
        "MBEDTLS_CHACHA20_C",
        () -> ContextType.CHACHA20.size() > 0,
        new Sizes(256, bits -> bits == 256, "Key length for ChaCha20 must be 256 bits"));
    keyGenerator(
        "ARCFOUR",
        arcfourAliases(),
        "MBEDTLS_ARC4_C",
        () -> ContextType.ARC4.size() > 0,
        new Sizes(
            128,
            bits -> bits >= 40 && bits <= 1024,
            "Key length for ARCFOUR must be between 40 and 1024 bits"));
    for (Hash hash : EnumSet.range(Hash.MD5, Hash.RIPEMD160)) {
      keyGenerator(
          "Hmac" + hash.compactName(),
          hmacAliases(hash),
          needs(hash),
          hash::supported,
          sizes(hash));
    }
  }

  private static Sizes sizes(Hash hash) {
    return switch (hash) {
      case MD5, SHA1 -> new Sizes(512, bits -> bits > 0, "Key length must be at least 1 bit");
      default ->
          new Sizes(hash.length() * 8, bits -> bits >= 40, "Key length must be at least 40 bits");
    };
  }

  private void keyGenerator(
      String name, List<String> aliases, String needs, BooleanSupplier probe, Sizes sizes) {
    add(
        "KeyGenerator",
        name,
        aliases,
        Map.of(),
        needs,
        probe,
        SecretKeyGeneratorSpi.class,
        provider -> new SecretKeyGeneratorSpi(name, sizes));
  }
}
