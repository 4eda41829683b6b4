package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.SslTransport;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;

/**
 * Cuts a stream into records. A read that times out inside a record keeps what came; the next one
 * goes on from there. Guarded by its owner's read lock.
 */
final class RecordReader {
  /** Bytes that no TLS peer sends. */
  static final class BadRecord extends SSLException {
    private static final long serialVersionUID = 1L;

    private final Alert alert;

    BadRecord(Alert alert, String message) {
      super(message);
      this.alert = alert;
    }

    /** What to tell the peer. */
    Alert alert() {
      return alert;
    }
  }

  private static final int MAX_RECORD = SslTransport.HEADER + Session.MAX_DATA + 2048;

  /** A peer that sends faster than we throw away must not keep a thread for ever. */
  private static final int DISCARD_ROUNDS = 64;

  /** How long a peer is listened to that was told to go away. */
  private static final int LINGER_MILLIS = 500;

  private static final int LINGER_BYTES = 1 << 16;

  private final InputStream in;
  private final byte[] buffer = new byte[MAX_RECORD];
  private int have;

  RecordReader(InputStream in) {
    this.in = in;
  }

  /**
   * The next record; valid until the next call.
   *
   * @throws EOFException if the stream ends
   * @throws BadRecord if these bytes are not TLS
   */
  ByteBuffer next() throws IOException {
    int length;
    while ((length = Records.length(ByteBuffer.wrap(buffer, 0, have))) == Records.INCOMPLETE) {
      fill(SslTransport.HEADER);
    }
    if (length == Records.NOT_TLS) {
      throw new BadRecord(Alert.UNEXPECTED_MESSAGE, "Unsupported or unrecognized SSL message");
    }
    if (length > MAX_RECORD) {
      throw new BadRecord(
          Alert.RECORD_OVERFLOW,
          "a record of " + length + " bytes, at most " + MAX_RECORD + " may be");
    }
    while (have < length) {
      fill(length);
    }
    have = 0;
    return ByteBuffer.wrap(buffer, 0, length);
  }

  private void fill(int wanted) throws IOException {
    int count = in.read(buffer, have, wanted - have);
    if (count < 0) {
      throw new EOFException(
          have == 0 ? "SSL peer shut down without close_notify" : "SSL peer shut down in a record");
    }
    have += count;
  }

  /**
   * Throws away what has arrived, without waiting for more: TCP answers unread data with a reset,
   * which may overtake our last words.
   */
  void discardArrived() throws IOException {
    for (int round = 0; round < DISCARD_ROUNDS && in.available() > 0; round++) {
      if (in.read(buffer, 0, Math.min(in.available(), buffer.length)) < 0) {
        return;
      }
    }
  }

  /**
   * Throws away what still comes until the peer ends the connection, for a limited time and number
   * of bytes.
   *
   * @param transport the socket of the stream, whose timeout is changed
   * @throws SocketTimeoutException if the peer does not end it
   */
  void discardToEnd(Socket transport) throws IOException {
    long start = System.nanoTime();
    for (int left = LINGER_BYTES; left > 0; ) {
      long rest = LINGER_MILLIS - (System.nanoTime() - start) / 1_000_000;
      transport.setSoTimeout((int) Math.max(1, rest));
      int count = in.read(buffer);
      if (count < 0 || rest <= 0) {
        return;
      }
      left -= count;
    }
  }
}
