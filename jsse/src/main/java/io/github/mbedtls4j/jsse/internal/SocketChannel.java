package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.NativeBuffer;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;

/**
 * Moves a {@link Connection}'s records over two streams.
 *
 * <p>The connection's lock is never held while a stream blocks: one thread may wait in read,
 * another in write, and a third close the socket. Lock order: handshake, then read, then write,
 * then connection. Closing waits for none of the first three.
 */
final class SocketChannel {
  /** The socket around it. */
  interface Shell {
    /** The handshake is done; called once, by the thread that did it. */
    void handshakeCompleted(SSLSession session);

    /** The connection failed or a stream was closed: closes the socket. */
    void close() throws IOException;
  }

  /** When a write is long enough to be sent. */
  private static final int FLIGHT = 1 << 15;

  private final ReentrantLock handshakeLock = new ReentrantLock();
  private final ReentrantLock readLock = new ReentrantLock();
  private final ReentrantLock writeLock = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();

  private final Connection connection;
  private final Shell shell;
  private final RecordReader reader;
  private final OutputStream out;

  /** Decrypted data that no read has taken yet; guarded by readLock. */
  private ByteBuffer data = ByteBuffer.allocate(0);

  private volatile boolean handshaken;
  private volatile boolean inputShutdown;

  /** Set before anything else happens in a close, so that other threads know why they fail. */
  private volatile boolean closed;

  /** Why the connection ended, unless it was closed. */
  private volatile IOException failure;

  SocketChannel(
      ContextData context,
      Settings<?> settings,
      Owner owner,
      Shell shell,
      String host,
      int port,
      InputStream in,
      OutputStream out) {
    connection = new Connection(lock, context, settings, owner, host, port);
    this.shell = shell;
    reader = new RecordReader(in);
    this.out = out;
  }

  boolean isStarted() {
    return locked(() -> !connection.isNew());
  }

  boolean isOutputShutdown() {
    return closed || locked(connection::isOutboundClosed);
  }

  boolean isInputShutdown() {
    return inputShutdown || locked(connection::isInboundClosed);
  }

  SSLSession session() {
    return connection.session();
  }

  SSLSession handshakeSession() {
    return locked(connection::handshakeSession);
  }

  String applicationProtocol() {
    return locked(connection::applicationProtocol);
  }

  String handshakeApplicationProtocol() {
    return locked(connection::handshakeApplicationProtocol);
  }

  private <R> R locked(Supplier<R> operation) {
    lock.lock();
    try {
      return operation.get();
    } finally {
      lock.unlock();
    }
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
    if (handshaken) {
      if (explicit) {
        throw new SSLException("renegotiation is not supported");
      }
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
        runHandshake();
        handshaken = true;
        shell.handshakeCompleted(connection.session());
      }
    } finally {
      handshakeLock.unlock();
    }
  }

  private void requireUsable() throws IOException {
    if (closed) {
      SocketException exception = new SocketException("Socket has been closed or broken");
      exception.initCause(failure);
      throw exception;
    }
  }

  private void requireNoFailure() throws SSLException {
    IOException reason = failure;
    if (reason != null) {
      throw new SSLException("Connection has closed: " + reason, reason);
    }
  }

  private void runHandshake() throws IOException {
    try {
      lock.lock();
      try {
        connection.begin();
      } finally {
        lock.unlock();
      }
      while (!isHandshakeDone()) {
        Runnable task = locked(connection::takeTask);
        if (task == null) {
          acceptRecord();
        } else {
          task.run();
        }
      }
    } catch (SocketTimeoutException e) {
      // Nothing is lost: the handshake goes on with the next call.
      throw e;
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
  }

  /** Sends what waits; then whether the handshake is done. */
  private boolean isHandshakeDone() throws IOException {
    // A close_notify of shutdownOutput may be on its way: wait for it, do not spin.
    writeLock.lock();
    try {
      drain();
    } finally {
      writeLock.unlock();
    }
    if (closed) {
      throw new SocketException("Socket closed");
    }
    lock.lock();
    try {
      connection.throwFailure();
      if (!connection.isOpen() && connection.isInboundClosed()) {
        throw new SSLHandshakeException("connection closed during the handshake");
      }
      return connection.isOpen();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the connection after an error: tells the peer why, as far as that still works, and closes
   * the socket.
   *
   * @return what to throw
   */
  private IOException failed(Exception cause) {
    if (closed) {
      // Whatever happened, happened because of the close.
      return cause instanceof SocketException e ? e : closedException(cause);
    }
    IOException reason = describe(cause);
    lock.lock();
    try {
      connection.fail(
          alert(cause),
          reason instanceof SSLException ssl ? ssl : new SSLException(reason.getMessage(), reason));
    } finally {
      lock.unlock();
    }
    failure = reason;
    try {
      flush();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
    try {
      shell.close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
    return reason;
  }

  private static SocketException closedException(Exception cause) {
    SocketException exception = new SocketException("Socket closed");
    exception.initCause(cause);
    return exception;
  }

  private IOException describe(Exception cause) {
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

  /** Reads one record from the peer; blocks without the connection's lock. */
  private void acceptRecord() throws IOException {
    readLock.lock();
    try {
      ByteBuffer record = reader.next();
      lock.lock();
      try {
        if (!connection.isInboundClosed()) {
          connection.accept(record);
        }
      } finally {
        lock.unlock();
      }
    } finally {
      readLock.unlock();
    }
  }

  /**
   * Sends what waits. If another thread is sending, it sends this too: whoever leaves the write
   * lock looks again.
   */
  private void flush() throws IOException {
    while (locked(connection::outboundLength) > 0 && writeLock.tryLock()) {
      try {
        drain();
      } finally {
        writeLock.unlock();
      }
    }
  }

  /** Sends what waits; the caller holds the write lock. */
  private void drain() throws IOException {
    while (true) {
      byte[] records = new byte[0];
      lock.lock();
      try {
        // All that waits goes out in one write: TCP holds back the second of two small ones.
        for (int length; (length = connection.outboundLength()) > 0 && records.length < FLIGHT; ) {
          int at = records.length;
          records = Arrays.copyOf(records, at + length);
          connection.takeOutbound(ByteBuffer.wrap(records, at, length));
        }
      } finally {
        lock.unlock();
      }
      if (records.length == 0) {
        return;
      }
      out.write(records);
      out.flush();
    }
  }

  /** Sends close_notify; without {@code wait} only if no other thread is blocked in a write. */
  void closeOutput(boolean wait) throws IOException {
    if (wait) {
      writeLock.lock();
    } else if (!writeLock.tryLock()) {
      return;
    }
    try {
      lock.lock();
      try {
        connection.closeOutbound();
      } finally {
        lock.unlock();
      }
      drain();
    } finally {
      writeLock.unlock();
    }
    flush();
  }

  /**
   * Ends the input: reads return -1 from now on.
   *
   * @throws SSLException if the peer did not say that it would send no more
   */
  void closeInput() throws SSLException {
    boolean truncated = locked(() -> !connection.isNew() && !connection.isInboundClosed());
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
    closed = true;
    try {
      closeOutput(false);
      if (readLock.tryLock()) {
        try {
          if (transport == null) {
            awaitCloseNotify();
          } else {
            reader.discardArrived();
          }
        } finally {
          readLock.unlock();
        }
      }
    } catch (IOException | RuntimeException e) {
      // As SunJSSE: a close succeeds, whatever became of the peer.
    } finally {
      try {
        if (transport != null) {
          transport.close();
        }
      } finally {
        abandon();
      }
    }
  }

  /** Reads until the peer's goodbye, so that what follows in the transport is not TLS. */
  private void awaitCloseNotify() throws IOException {
    // A writer in another thread may have kept us from saying goodbye; then there is no answer.
    while (locked(
        () ->
            connection.isOpen()
                && connection.isOutboundClosed()
                && !connection.isInboundClosed())) {
      decrypt();
    }
  }

  private void abandon() {
    lock.lock();
    try {
      connection.abandon();
    } finally {
      lock.unlock();
    }
  }

  int available() {
    // A reader that holds the lock is waiting for data, so there is none.
    if (closed || inputShutdown || !readLock.tryLock()) {
      return 0;
    }
    try {
      return data.remaining();
    } finally {
      readLock.unlock();
    }
  }

  int read(byte[] target, int offset, int length) throws IOException {
    if (isEnd()) {
      return -1;
    }
    handshake(false);
    readLock.lock();
    try {
      while (isEnd() || !data.hasRemaining()) {
        if (isEnd() || locked(connection::isInboundClosed)) {
          // The failure may have come with another thread's call.
          requireNoFailure();
          return -1;
        }
        fillData();
      }
      int count = Math.min(length, data.remaining());
      data.get(target, offset, count);
      return count;
    } finally {
      readLock.unlock();
    }
  }

  /** Whether the application itself ended the input; as SunJSSE, data that waits is dropped. */
  private boolean isEnd() throws SSLException {
    requireNoFailure();
    return closed || inputShutdown;
  }

  private void fillData() throws IOException {
    try {
      lock.lock();
      try {
        connection.throwFailure();
      } finally {
        lock.unlock();
      }
      decrypt();
    } catch (SocketTimeoutException e) {
      // A part of a record is kept for the next call.
      throw e;
    } catch (IOException | RuntimeException e) {
      if (inputShutdown && e instanceof EOFException) {
        // shutdownInput of another thread ended the stream: that read sees the end, as it asked.
        return;
      }
      throw failed(e);
    }
    // An answer to close_notify. That it cannot be sent does not concern the reader.
    try {
      flush();
    } catch (IOException e) {
      if (!locked(connection::isInboundClosed)) {
        throw failed(e);
      }
    }
  }

  /** Replaces the data by the next record's; the caller holds the read lock. */
  private void decrypt() throws IOException {
    acceptRecord();
    try (NativeBuffer buffer = NativeBuffer.allocate(Session.MAX_DATA)) {
      lock.lock();
      try {
        int count = connection.read(buffer);
        data = ByteBuffer.wrap(buffer.bytes(0, count));
        buffer.truncate(count);
        connection.session().touch();
      } finally {
        lock.unlock();
      }
    }
  }

  void write(byte[] source, int offset, int length) throws IOException {
    if (closed) {
      throw new SocketException("Connection or outbound has closed");
    }
    handshake(false);
    int most = connection.maxData();
    for (int at = 0; at < length; at += most) {
      int size = Math.min(most, length - at);
      writeLock.lock();
      try (NativeBuffer buffer = NativeBuffer.of(source, offset + at, size)) {
        encrypt(buffer, size);
        drain();
      } catch (SSLException | RuntimeException e) {
        throw failed(e);
      } finally {
        writeLock.unlock();
      }
    }
    flush();
  }

  /** Makes one record; the caller holds the write lock and sends it. */
  private void encrypt(NativeBuffer buffer, int size) throws IOException {
    while (true) {
      lock.lock();
      try {
        if (closed || connection.isOutboundClosed()) {
          throw new SocketException("Connection or outbound has closed");
        }
        // The transport has room for one full record: an answer to the peer goes first.
        if (connection.outboundLength() == 0) {
          connection.write(buffer, size);
          connection.session().touch();
          return;
        }
      } finally {
        lock.unlock();
      }
      drain();
    }
  }
}
