package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Ssl;

/** What can be resumed: {@code mbedtls_ssl_session}, and its serialisation. */
final class SslSession extends NativeHandle {
  /** Enough for a session with the longest certificate and ticket that fit into a handshake. */
  static final int SAVED_SIZE = 1 << 16;

  private SslSession() {
    super(ContextType.SSL_SESSION, Ssl::mbedtls_ssl_session_init, Ssl::mbedtls_ssl_session_free);
  }

  /**
   * Makes a session of its serialisation.
   *
   * @throws MbedTlsException if the library does not take it
   */
  static SslSession load(byte[] saved) {
    SslSession session = new SslSession();
    try (NativeBuffer in = NativeBuffer.of(saved)) {
      session.call(
          "mbedtls_ssl_session_load",
          block -> Ssl.mbedtls_ssl_session_load(block, in.address(), in.size()));
      return session;
    } catch (MbedTlsException e) {
      session.close();
      throw e;
    }
  }

  /** Makes a client ask for this session; the session is copied. */
  int setOn(long ssl) {
    return status(block -> Ssl.mbedtls_ssl_set_session(ssl, block));
  }

  /** The serialisation of a session, the master secret and the peer's certificate inside. */
  static byte[] save(long session) {
    byte[] saved = save(session, NativeBuffer.PAGE);
    return saved == null ? save(session, SAVED_SIZE) : saved;
  }

  /** Null if there is not room enough. */
  private static byte[] save(long session, int room) {
    try (NativeBuffer out = NativeBuffer.allocate(room);
        NativeBuffer olen = NativeBuffer.allocate(Long.BYTES)) {
      int result = Ssl.mbedtls_ssl_session_save(session, out.address(), out.size(), olen.address());
      if (result == Ssl.MBEDTLS_ERR_SSL_BUFFER_TOO_SMALL && room < SAVED_SIZE) {
        return null;
      }
      MbedTlsException.check("mbedtls_ssl_session_save", result);
      out.truncate((int) olen.getLong(0));
      return out.bytes(0, out.size());
    }
  }
}
