package io.github.mbedtls4j.provider.internal;

import java.util.List;
import java.util.stream.Stream;

/** The table of services: what the provider would offer on a library that lacks nothing. */
public final class Services {
  private Services() {}

  /** All rows, in the order of registration; the library must be loaded. */
  public static List<ServiceSpec> table() {
    return Stream.of(
            new DigestServices(),
            new CipherServices(),
            new KeyWrapServices(),
            new CipherParameterServices(),
            new SecretKeyServices(),
            new KdfServices(),
            new AsymmetricServices(),
            new XdhServices(),
            new RsaServices(),
            new DhServices())
        .flatMap(part -> part.rows().stream())
        .toList();
  }
}
