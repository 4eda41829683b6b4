package io.github.mbedtls4j.provider.internal;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.provider.internal.digest.DigestSpi;
import io.github.mbedtls4j.provider.internal.random.CtrDrbgSpi;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The table of services: what the provider would offer on a library that lacks nothing. */
public final class Services {
  private final List<ServiceSpec> rows = new ArrayList<>();

  private Services() {}

  /** All rows, in the order of registration. */
  public static List<ServiceSpec> table() {
    Services services = new Services();
    services.digests();
    services.random();
    return List.copyOf(services.rows);
  }

  private void digests() {
    for (Hash hash : Hash.values()) {
      add(
          "MessageDigest",
          hash.standardName(),
          digestAliases(hash),
          Map.of("ImplementedIn", "Software"),
          needs(hash),
          hash::supported,
          DigestSpi.class,
          provider -> new DigestSpi(hash));
    }
  }

  private static List<String> digestAliases(Hash hash) {
    List<String> aliases = new ArrayList<>();
    switch (hash) {
      case SHA1 -> aliases.addAll(List.of("SHA", "SHA1"));
      case RIPEMD160 -> aliases.add("RIPEMD-160");
      default -> {}
    }
    // The JDK gives MD5 no object identifier.
    if (hash != Hash.MD5) {
      aliases.addAll(oid(hash.oid()));
    }
    return aliases;
  }

  private void random() {
    add(
        "SecureRandom",
        "CTR_DRBG",
        List.of("MbedTLS"),
        Map.of("ThreadSafe", "true", "ImplementedIn", "Software"),
        "MBEDTLS_CTR_DRBG_C",
        () -> true,
        CtrDrbgSpi.class,
        provider -> new CtrDrbgSpi());
  }

  /** An object identifier in the two forms that the JDK registers. */
  private static List<String> oid(String oid) {
    return List.of(oid, "OID." + oid);
  }

  private static String needs(Hash hash) {
    return "MBEDTLS_" + hash + "_C";
  }

  private void add(
      String type,
      String name,
      List<String> aliases,
      Map<String, String> attributes,
      String needs,
      BooleanSupplier probe,
      Class<?> spiClass,
      Function<Provider, Object> spi) {
    rows.add(new ServiceSpec(type, name, aliases, attributes, needs, probe, spi, spiClass));
  }
}
