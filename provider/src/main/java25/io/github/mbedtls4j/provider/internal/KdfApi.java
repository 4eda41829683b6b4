package io.github.mbedtls4j.provider.internal;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.provider.internal.kdf.HkdfSpi;
import java.util.List;
import java.util.Map;

/** The rows of {@code javax.crypto.KDF}; replaces the class of the same name on JDK 25. */
final class KdfApi {
  private KdfApi() {}

  static void addTo(ServiceTable table) {
    for (Hash hash : KdfServices.HKDF_HASHES) {
      table.add(
          "KDF",
          KdfServices.hkdf(hash),
          List.of(),
          Map.of(),
          ServiceTable.needs(hash),
          hash::supported,
          HkdfSpi.class,
          (ParameterFactory) (provider, parameters) -> HkdfSpi.of(hash, parameters));
    }
  }
}
