package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Pk;

/** A private key for TLS: {@code mbedtls_pk_context}. */
public final class PkContext extends NativeHandle {
  /**
   * Parses a private key.
   *
   * @param pkcs8 an unencrypted PKCS#8 PrivateKeyInfo
   * @throws MbedTlsException if it cannot be parsed
   */
  public PkContext(byte[] pkcs8) {
    super(ContextType.PK, Pk::mbedtls_pk_init, Pk::mbedtls_pk_free);
    try (NativeBuffer key = NativeBuffer.of(pkcs8)) {
      call(
          "mbedtls_pk_parse_key",
          ctx -> Pk.mbedtls_pk_parse_key(ctx, key.address(), pkcs8.length, 0, 0));
    }
  }
}
