package io.github.mbedtls4j.jsse.internal;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;

/**
 * The life of a socket's TLS connection: handshake, data, failure, close. {@link SocketRecords}
 * moves the records.
 *
 * <p>The handshake lock comes before those of the records. Closing waits for none of them.
 */
final class SocketChannel {
  /** The socket around it. */
  interface Shell {
    /** The handshake is done; called once, by the thread that did it. */
    void handshakeCompleted(SSLSession session);

    /** The connection failed or a stream was closed: closes the socket. */
    void close() throws IOException;

    /** The TCP connection if it ends with the socket, else null. */
    Socket transport();
  }

  private final ReentrantLock handshakeLock = new ReentrantLock();
  private final SocketRecords records;
  private final Shell shell;
  private final SocketFailure failure;
  private volatile boolean handshaken;
  private volatile boolean inputShutdown;

  SocketChannel(
      ContextData context,
      Settings<?> settings,
      Owner owner,
      Shell shell,
      String host,
      int port,
      InputStream in,
      OutputStream out) {
    ReentrantLock lock = new ReentrantLock();
    Connection connection = new Connection(lock, context, settings, owner, host, port);
    records = new SocketRecords(lock, connection, in, out);
    this.shell = shell;
    failure = new SocketFailure(records, shell);
  }

  boolean isStarted() {
    return !records.locked(Connection::isNew);
  }

  boolean isOutputShutdown() {
    return records.isClosed() || records.locked(Connection::isOutboundClosed);
  }

  boolean isInputShutdown() {
    return inputShutdown || records.locked(Connection::isInboundClosed);
  }

  SSLSession session() {
    return records.locked(Connection::session);
  }

  SSLSession handshakeSession() {
    return records.locked(Connection::handshakeSession);
  }

  String applicationProtocol() {
    return records.locked(Connection::applicationProtocol);
  }

  KeyingMaterial keyingMaterial() {
    return records.locked(Connection::keyingMaterial);
  }

  String handshakeApplicationProtocol() {
    return records.locked(Connection::handshakeApplicationProtocol);
  }

  /**
   * Makes sure that the handshake is done.
   *
   * @param explicit whether the application asked for it, which a second time means renegotiation
   */
  void handshake(boolean explicit) throws IOException {
    if (explicit) {
      requireUsable();
    }
    if (handshaken && explicit) {
      throw new SSLException("renegotiation is not supported");
    }
    handshakeUnlessDone(false);
  }

  /**
   * Makes sure that the handshake is done.
   *
   * @param dataFollows whether the caller sends data at once, which the last flight may wait for:
   *     TCP would hold back the second of two small packets
   */
  private void handshakeUnlessDone(boolean dataFollows) throws IOException {
    if (handshaken) {
      return;
    }
    if (handshakeLock.isHeldByCurrentThread()) {
      // A key or trust manager would wait for itself.
      throw new SSLException("the handshake is not done yet: use getHandshakeSession");
    }
    handshakeLock.lock();
    try {
      if (!handshaken) {
        requireUsable();
        runHandshake(dataFollows);
        handshaken = true;
        shell.handshakeCompleted(session());
      }
    } finally {
      handshakeLock.unlock();
    }
  }

  private void requireUsable() throws IOException {
    if (records.isClosed()) {
      SocketException exception = new SocketException("Socket has been closed or broken");
      exception.initCause(failure.reason());
      throw exception;
    }
  }

  private void runHandshake(boolean dataFollows) throws IOException {
    try {
      records.run(Connection::begin);
      while (!isHandshakeDone(dataFollows)) {
        Runnable task = records.locked(Connection::takeTask);
        if (task == null) {
          records.accept();
        } else {
          task.run();
        }
      }
    } catch (SocketTimeoutException e) {
      // Nothing is lost: the handshake goes on with the next call.
      throw e;
    } catch (IOException | RuntimeException e) {
      throw failure.end(e, handshaken);
    }
  }

  /** Sends what waits; then whether the handshake is done. */
  private boolean isHandshakeDone(boolean dataFollows) throws IOException {
    if (!dataFollows || !records.locked(Connection::isOpen)) {
      // A close_notify of shutdownOutput may be on its way: wait for it, do not spin.
      records.flushWaiting();
    }
    if (records.isClosed()) {
      throw new SocketException("Socket closed");
    }
    return records.locked(
        connection -> {
          connection.throwFailure();
          if (!connection.isOpen() && connection.isInboundClosed()) {
            throw new SSLHandshakeException("connection closed during the handshake");
          }
          return connection.isOpen();
        });
  }

  /** Sends close_notify, after what other threads are sending. */
  void closeOutput() throws IOException {
    records.closeOutput(true);
  }

  /**
   * Ends the input: reads return -1 from now on.
   *
   * @throws SSLException if the peer did not say that it would send no more
   */
  void closeInput() throws SSLException {
    boolean truncated =
        !inputShutdown
            && records.locked(connection -> !connection.isNew() && !connection.isInboundClosed());
    inputShutdown = true;
    if (truncated) {
      throw new SSLException("closing inbound before receiving peer's close_notify");
    }
  }

  /** Closes the socket around this. */
  void closeSocket() throws IOException {
    shell.close();
  }

  /**
   * Says goodbye, as far as that works without waiting for other threads, and frees everything.
   *
   * @param transport what to close, which wakes other threads; null to leave it open, without any
   *     of our data in it
   */
  void close(Closeable transport) throws IOException {
    records.setClosed();
    try {
      records.closeOutput(false);
      if (transport == null) {
        records.awaitCloseNotify();
      } else {
        records.discardArrived();
      }
    } catch (IOException | RuntimeException e) {
      // As SunJSSE: a close succeeds, whatever became of the peer.
    } finally {
      try {
        if (transport != null) {
          transport.close();
        }
      } finally {
        records.run(Connection::abandon);
      }
    }
  }

  int available() {
    return records.isClosed() || inputShutdown ? 0 : records.available();
  }

  int read(byte[] target, int offset, int length) throws IOException {
    if (isEnd()) {
      return -1;
    }
    handshake(false);
    ReentrantLock readLock = records.readLock();
    readLock.lock();
    try {
      while (isEnd() || !records.data().hasRemaining()) {
        if (isEnd() || records.locked(Connection::isInboundClosed)) {
          // The failure may have come with another thread's call.
          failure.requireNone();
          return -1;
        }
        fillData();
      }
      int count = Math.min(length, records.data().remaining());
      records.data().get(target, offset, count);
      return count;
    } finally {
      readLock.unlock();
    }
  }

  /** Whether the application itself ended the input; as SunJSSE, data that waits is dropped. */
  private boolean isEnd() throws SSLException {
    failure.requireNone();
    return records.isClosed() || inputShutdown;
  }

  private void fillData() throws IOException {
    try {
      records.run(Connection::throwFailure);
      records.decrypt();
    } catch (SocketTimeoutException e) {
      // A part of a record is kept for the next call.
      throw e;
    } catch (IOException | RuntimeException e) {
      if (inputShutdown && e instanceof EOFException) {
        // shutdownInput of another thread ended the stream: that read sees the end, as it asked.
        return;
      }
      throw failure.end(e, handshaken);
    }
    // An answer to close_notify. That it cannot be sent does not concern the reader.
    try {
      records.flush();
    } catch (IOException e) {
      if (!records.locked(Connection::isInboundClosed)) {
        throw failure.end(e, handshaken);
      }
    }
  }

  void write(byte[] source, int offset, int length) throws IOException {
    if (records.isClosed()) {
      throw new SocketException("Connection or outbound has closed");
    }
    handshakeUnlessDone(length > 0);
    int most = records.locked(Connection::maxData);
    for (int at = 0; at < length; at += most) {
      int size = Math.min(most, length - at);
      try {
        records.send(source, offset + at, size);
      } catch (SSLException | RuntimeException e) {
        throw failure.end(e, handshaken);
      }
    }
    records.flush();
  }
}
