package io.github.mbedtls4j.jsse.internal;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * The failure of a socket's connection: what the user and the peer are told of it, and that it
 * closes the socket. It has no lock of its own; the first of several threads tells the peer.
 */
final class SocketFailure {
  private final SocketRecords records;
  private final SocketChannel.Shell shell;

  /** Why the connection ended, unless it was closed. */
  private volatile IOException reason;

  SocketFailure(SocketRecords records, SocketChannel.Shell shell) {
    this.records = records;
    this.shell = shell;
  }

  /** Null if there was no failure. */
  IOException reason() {
    return reason;
  }

  /**
   * Throws the failure of an earlier call, if there was one.
   *
   * @throws SSLException with that as its cause
   */
  void requireNone() throws SSLException {
    IOException known = reason;
    if (known != null) {
      throw new SSLException("Connection has closed: " + known, known);
    }
  }

  /**
   * Ends the connection after an error: tells the peer why, as far as that still works, and closes
   * the socket.
   *
   * @param handshaken whether the handshake is done
   * @return what to throw
   */
  IOException end(Exception cause, boolean handshaken) {
    if (records.isClosed()) {
      // Whatever happened, happened because of the close.
      return closed(cause);
    }
    IOException described = describe(cause, handshaken);
    SSLException known =
        described instanceof SSLException ssl
            ? ssl
            : new SSLException(described.getMessage(), described);
    records.run(connection -> connection.fail(alert(cause), known));
    reason = described;
    try {
      records.flush();
      linger();
    } catch (IOException e) {
      described.addSuppressed(e);
    }
    try {
      shell.close();
    } catch (IOException e) {
      described.addSuppressed(e);
    }
    return described;
  }

  /** A peer that is still sending would be answered with a reset, and might lose our alert. */
  private void linger() throws IOException {
    Socket transport = shell.transport();
    if (transport != null && records.locked(Connection::hasSentFatalAlert)) {
      try {
        records.linger(transport);
      } catch (SocketTimeoutException e) {
        // It had its time.
      }
    }
  }

  /** What happened because the socket was closed. */
  private static SocketException closed(Exception cause) {
    if (cause instanceof SocketException e) {
      return e;
    }
    SocketException exception = new SocketException("Socket closed");
    exception.initCause(cause);
    return exception;
  }

  /** The exception to throw. */
  private static IOException describe(Exception cause, boolean handshaken) {
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
  private static Alert alert(Exception cause) {
    if (cause instanceof RecordReader.BadRecord bad) {
      return bad.alert();
    }
    boolean transport = cause instanceof IOException && !(cause instanceof SSLException);
    return transport ? null : Alert.INTERNAL_ERROR;
  }
}
