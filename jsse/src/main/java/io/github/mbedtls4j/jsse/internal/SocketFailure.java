package io.github.mbedtls4j.jsse.internal;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** What the user of a socket and the peer are told of a failure. */
final class SocketFailure {
  private SocketFailure() {}

  /** What happened because the socket was closed. */
  static SocketException closed(Exception cause) {
    if (cause instanceof SocketException e) {
      return e;
    }
    SocketException exception = new SocketException("Socket closed");
    exception.initCause(cause);
    return exception;
  }

  /** The exception to throw. */
  static IOException describe(Exception cause, boolean handshaken) {
    if (cause instanceof EOFException) {
      SSLException exception =
          handshaken
              ? new SSLException("Remote host closed the connection without close_notify")
              : new SSLHandshakeException("Remote host terminated the handshake");
      exception.initCause(cause);
      return exception;
    }
    if (cause instanceof RecordReader.BadRecord) {
      // The class is ours alone; logs show the one that people know.
      SSLException exception = new SSLException(cause.getMessage());
      exception.setStackTrace(cause.getStackTrace());
      return exception;
    }
    return cause instanceof IOException e ? e : new SSLException(cause);
  }

  /** What the peer is told, unless the connection said it already; null for nothing. */
  static Alert alert(Exception cause) {
    if (cause instanceof RecordReader.BadRecord bad) {
      return bad.alert();
    }
    boolean transport = cause instanceof IOException && !(cause instanceof SSLException);
    return transport ? null : Alert.INTERNAL_ERROR;
  }
}
