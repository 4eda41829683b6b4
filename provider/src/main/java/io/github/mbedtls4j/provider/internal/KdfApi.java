package io.github.mbedtls4j.provider.internal;

/**
 * The rows of {@code javax.crypto.KDF}, which this JDK lacks: none. The jar has another class of
 * this name for JDK 25 and later, in {@code META-INF/versions/25}.
 */
final class KdfApi {
  private KdfApi() {}

  static void addTo(ServiceTable table) {}
}
