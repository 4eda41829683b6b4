package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.nativeloader.binding.Ssl;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What can be resumed: {@code mbedtls_ssl_session}, and its serialisation. */
final class SslSession extends NativeHandle {
  /** Enough for a session with the longest certificate and ticket that fit into a handshake. */
  static final int SAVED_SIZE = 1 << 16;

  /**
   * Where the peer's certificate lies in a saved session, behind header, start time, suite,
   * compression, id, master secret and verification result.
   */
  static final int CERTIFICATE_AT =
      5 + (MbedTls.hasFeature("MBEDTLS_HAVE_TIME") ? 8 : 0) + 2 + 1 + 33 + 48 + 4;

  private static final boolean HAS_CERTIFICATE =
      MbedTls.hasFeature("MBEDTLS_SSL_KEEP_PEER_CERTIFICATE");

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

  /** Whether the certificate in a saved session is this one. */
  static boolean hasCertificate(byte[] saved, byte[] der) {
    // At its very place: another certificate may hold this one as an extension.
    int from = CERTIFICATE_AT + 3;
    int length = certificateLength(saved);
    return length == der.length && Arrays.equals(saved, from, from + length, der, 0, length);
  }

  private static int certificateLength(byte[] saved) {
    return ByteBuffer.wrap(saved).getInt(CERTIFICATE_AT - 1) & 0xFFFFFF;
  }

  /** A saved session without the certificate, which a resumed handshake has no use for. */
  static byte[] withoutCertificate(byte[] saved) {
    if (!HAS_CERTIFICATE) {
      return saved.clone();
    }
    int rest = CERTIFICATE_AT + 3 + certificateLength(saved);
    byte[] small = new byte[saved.length - rest + CERTIFICATE_AT + 3];
    System.arraycopy(saved, 0, small, 0, CERTIFICATE_AT);
    System.arraycopy(saved, rest, small, CERTIFICATE_AT + 3, saved.length - rest);
    return small;
  }
}
