package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.NativeBuffer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;

/**
 * Moves a {@link Connection}'s records over two streams.
 *
 * <p>The connection's lock is never held while a stream blocks: one thread may wait in read,
 * another in write, and a third close the socket. Lock order: handshake, then read or write, then
 * connection.
 */
final class SocketChannel {
  private final ReentrantLock handshakeLock = new ReentrantLock();
  private final ReentrantLock readLock = new ReentrantLock();
  private final ReentrantLock writeLock = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();

  private final Connection connection;
  private final RecordReader reader;
  private final OutputStream out;
  private final InputStream input = new Input();
  private final OutputStream output = new Output();
  private Consumer<SSLSession> onHandshake = session -> {};

  /** Decrypted data that no read has taken yet; guarded by readLock. */
  private ByteBuffer data = ByteBuffer.allocate(0);

  private volatile boolean handshaken;
  private volatile boolean abandoned;

  SocketChannel(
      ContextData context,
      Settings<?> settings,
      Owner owner,
      String host,
      int port,
      InputStream in,
      OutputStream out) {
    connection = new Connection(lock, context, settings, owner, host, port);
    reader = new RecordReader(in);
    this.out = out;
  }

  /** Has a listener called once, after the handshake, by the thread that finished it. */
  void onHandshake(Consumer<SSLSession> listener) {
    onHandshake = listener;
  }

  InputStream input() {
    return input;
  }

  OutputStream output() {
    return output;
  }

  boolean isStarted() {
    return locked(() -> !connection.isNew());
  }

  boolean isAbandoned() {
    return abandoned;
  }

  boolean isOutputShutdown() {
    return locked(connection::isOutboundClosed);
  }

  boolean isInputShutdown() {
    return locked(connection::isInboundClosed);
  }

  SSLSession session() {
    return connection.session();
  }

  SSLSession handshakeSession() {
    return locked(() -> connection.isNew() || connection.isOpen() ? null : connection.session());
  }

  String applicationProtocol() {
    return locked(connection::applicationProtocol);
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
    if (abandoned) {
      throw new SocketException("Socket is closed");
    }
    if (handshaken) {
      if (explicit) {
        throw new SSLException("renegotiation is not supported");
      }
      return;
    }
    handshakeLock.lock();
    try {
      if (handshaken) {
        return;
      }
      runHandshake();
      handshaken = true;
      onHandshake.accept(connection.session());
    } finally {
      handshakeLock.unlock();
    }
  }

  private void runHandshake() throws IOException {
    try {
      lock.lock();
      try {
        connection.throwFailure();
        if (connection.isOutboundClosed()) {
          throw new SSLException("Connection is closed");
        }
        connection.begin();
      } finally {
        lock.unlock();
      }
      while (true) {
        flush();
        Runnable task;
        lock.lock();
        try {
          connection.throwFailure();
          if (connection.isOpen()) {
            return;
          }
          if (connection.isInboundClosed()) {
            throw new SSLHandshakeException("connection closed during the handshake");
          }
          task = connection.takeTask();
        } finally {
          lock.unlock();
        }
        if (task != null) {
          task.run();
        } else if (locked(connection::outboundLength) == 0) {
          acceptRecord();
        }
      }
    } catch (SocketTimeoutException e) {
      // Nothing is lost: the handshake goes on with the next call.
      throw e;
    } catch (EOFException e) {
      throw fail(new SSLHandshakeException("Remote host terminated the handshake"), e);
    } catch (IOException e) {
      failed(e);
      throw e;
    }
  }

  private SSLException fail(SSLException failure, Throwable cause) {
    failure.initCause(cause);
    failed(failure);
    return failure;
  }

  /** Tells the peer, as far as that still works, and ends the connection. */
  private void failed(IOException failure) {
    lock.lock();
    try {
      connection.fail(
          Alert.INTERNAL_ERROR,
          failure instanceof SSLException ssl ? ssl : new SSLException(failure));
    } finally {
      lock.unlock();
    }
    try {
      flush();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
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

  private void drain() throws IOException {
    while (true) {
      byte[] record;
      lock.lock();
      try {
        int length = connection.outboundLength();
        if (length == 0) {
          return;
        }
        record = new byte[length];
        connection.takeOutbound(ByteBuffer.wrap(record));
      } finally {
        lock.unlock();
      }
      out.write(record);
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
  }

  void closeInput() throws IOException {
    lock.lock();
    try {
      connection.closeInbound();
    } finally {
      lock.unlock();
      flush();
    }
  }

  /** Frees everything: the transport is closed. */
  void abandon() {
    abandoned = true;
    lock.lock();
    try {
      connection.abandon();
    } finally {
      lock.unlock();
    }
  }

  private int readData(byte[] target, int offset, int length) throws IOException {
    handshake(false);
    readLock.lock();
    try {
      while (!data.hasRemaining()) {
        if (abandoned) {
          throw new SocketException("Socket is closed");
        }
        lock.lock();
        try {
          connection.throwFailure();
          if (connection.isInboundClosed()) {
            return -1;
          }
        } finally {
          lock.unlock();
        }
        decrypt();
      }
      int count = Math.min(length, data.remaining());
      data.get(target, offset, count);
      return count;
    } finally {
      readLock.unlock();
    }
  }

  private void decrypt() throws IOException {
    try {
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
    } catch (EOFException e) {
      throw fail(new SSLException("Remote host closed the connection without close_notify"), e);
    } finally {
      // An answer to close_notify, or an alert.
      flush();
    }
  }

  private void writeData(byte[] source, int offset, int length) throws IOException {
    handshake(false);
    for (int at = 0; at < length; at += Session.MAX_DATA) {
      int size = Math.min(Session.MAX_DATA, length - at);
      writeLock.lock();
      try (NativeBuffer buffer = NativeBuffer.of(source, offset + at, size)) {
        lock.lock();
        try {
          connection.throwFailure();
          if (abandoned || connection.isOutboundClosed()) {
            throw new SocketException("Socket output is shutdown");
          }
          connection.write(buffer, size);
          connection.session().touch();
        } finally {
          lock.unlock();
        }
        drain();
      } finally {
        writeLock.unlock();
      }
    }
    flush();
  }

  private final class Input extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      return length == 0 ? 0 : readData(target, offset, length);
    }

    @Override
    public int available() throws IOException {
      if (abandoned) {
        throw new SocketException("Socket is closed");
      }
      readLock.lock();
      try {
        return data.remaining();
      } finally {
        readLock.unlock();
      }
    }
  }

  private final class Output extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, source.length);
      writeData(source, offset, length);
    }
  }
}
