package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Ssl;

/**
 * The master secret of an established connection. It stays in the library: every call takes it from
 * there, and nothing is kept. The caller serialises the calls with others on the connection.
 */
public final class SslSecrets {
  private static final int MASTER_SECRET = 48;

  /** Where it lies in a saved session: before the verification result and the certificate. */
  private static final int MASTER_SECRET_AT = SavedSession.CERTIFICATE_AT - 4 - MASTER_SECRET;

  private SslSecrets() {}

  /** A copy, for the caller to overwrite. */
  public static byte[] masterSecret(SslConnection connection) {
    try (NativeBuffer session = save(connection)) {
      return session.bytes(MASTER_SECRET_AT, MASTER_SECRET);
    }
  }

  /**
   * Output of the PRF keyed with the master secret.
   *
   * @param seed label and seed of the PRF, which it only ever uses joined
   * @param length in bytes
   */
  public static byte[] derive(SslConnection connection, TlsPrf prf, byte[] seed, int length) {
    try (NativeBuffer session = save(connection);
        NativeBuffer noLabel = NativeBuffer.ofCString("");
        NativeBuffer joined = NativeBuffer.of(seed);
        NativeBuffer output = NativeBuffer.allocate(length)) {
      MbedTlsException.check(
          "mbedtls_ssl_tls_prf",
          Ssl.mbedtls_ssl_tls_prf(
              prf.type(),
              session.address() + MASTER_SECRET_AT,
              MASTER_SECRET,
              noLabel.address(),
              joined.address(),
              joined.size(),
              output.address(),
              output.size()));
      return output.bytes(0, length);
    }
  }

  private static NativeBuffer save(SslConnection connection) {
    NativeBuffer session = NativeBuffer.allocate(SslSession.SAVED_SIZE);
    try (NativeBuffer olen = NativeBuffer.allocate(8)) {
      connection.call(
          "mbedtls_ssl_session_save",
          block ->
              Ssl.mbedtls_ssl_session_save(
                  Ssl.mbedtls_ssl_get_session_pointer(block + SslConnection.SSL_AT),
                  session.address(),
                  session.size(),
                  olen.address()));
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }
}
