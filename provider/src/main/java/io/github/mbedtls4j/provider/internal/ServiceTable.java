package io.github.mbedtls4j.provider.internal;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A part of the table of services: {@link #fill} adds its rows. */
abstract class ServiceTable {
  /** Attributes of services that take secret keys. */
  static final Map<String, String> RAW_KEYS = Map.of("SupportedKeyFormats", "RAW");

  static final String AES = "2.16.840.1.101.3.4.1";
  static final String CHACHA20_POLY1305 = "1.2.840.113549.1.9.16.3.18";

  private static final String DIGEST_ALGORITHM = "1.2.840.113549.2.";

  private final List<ServiceSpec> rows = new ArrayList<>();

  /** Adds the rows. */
  abstract void fill();

  /** The rows of this part. */
  final List<ServiceSpec> rows() {
    if (rows.isEmpty()) {
      fill();
    }
    return rows;
  }

  /** An object identifier in the two forms that the JDK registers. */
  static List<String> oid(String oid) {
    return List.of(oid, "OID." + oid);
  }

  static List<String> arcfourAliases() {
    return List.of("RC4", "1.2.840.113549.3.4", "OID.1.2.840.113549.3.4");
  }

  static String needs(Hash hash) {
    return switch (hash) {
      case SHA224 -> "MBEDTLS_SHA256_C";
      case SHA384, SHA512_224, SHA512_256 -> "MBEDTLS_SHA512_C";
      default -> "MBEDTLS_" + hash + "_C";
    };
  }

  final void add(
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

  /** The object identifiers of an HMAC. */
  static List<String> hmacAliases(Hash hash) {
    return switch (hash) {
      case SHA1 -> oid(DIGEST_ALGORITHM + 7);
      case SHA224 -> oid(DIGEST_ALGORITHM + 8);
      case SHA256 -> oid(DIGEST_ALGORITHM + 9);
      case SHA384 -> oid(DIGEST_ALGORITHM + 10);
      case SHA512 -> oid(DIGEST_ALGORITHM + 11);
      case SHA512_224 -> oid(DIGEST_ALGORITHM + 12);
      case SHA512_256 -> oid(DIGEST_ALGORITHM + 13);
      default -> List.of();
    };
  }
}
