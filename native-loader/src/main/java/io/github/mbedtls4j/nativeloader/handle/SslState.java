package io.github.mbedtls4j.nativeloader.handle;

/** {@code mbedtls_ssl_states}, in the order of the C enumeration. */
public enum SslState {
  HELLO_REQUEST,
  CLIENT_HELLO,
  SERVER_HELLO,
  SERVER_CERTIFICATE,
  SERVER_KEY_EXCHANGE,
  CERTIFICATE_REQUEST,
  SERVER_HELLO_DONE,
  CLIENT_CERTIFICATE,
  CLIENT_KEY_EXCHANGE,
  CERTIFICATE_VERIFY,
  CLIENT_CHANGE_CIPHER_SPEC,
  CLIENT_FINISHED,
  SERVER_CHANGE_CIPHER_SPEC,
  SERVER_FINISHED,
  FLUSH_BUFFERS,
  HANDSHAKE_WRAPUP,
  HANDSHAKE_OVER,
  SERVER_NEW_SESSION_TICKET,
  SERVER_HELLO_VERIFY_REQUEST_SENT;

  private static final SslState[] VALUES = values();

  static SslState of(int value) {
    return VALUES[value];
  }
}
