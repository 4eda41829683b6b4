package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.NativeBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Moves a {@link Connection}'s records over two streams.
 *
 * <p>The connection's lock is never held while a stream blocks: one thread may wait in read,
 * another in write, and a third close the socket. Lock order: read, then write, then connection.
 * What a failure means is the {@link SocketChannel}'s business.
 */
final class SocketRecords {
  /** What is asked of the connection, or done to it, under its lock. */
  interface Operation<R, X extends Exception> {
    R apply(Connection connection) throws X;
  }

  /** An {@link Operation} without a result. */
  interface Action<X extends Exception> {
    void run(Connection connection) throws X;
  }

  /** When a write is long enough to be sent. */
  private static final int FLIGHT = 1 << 15;

  private final ReentrantLock readLock = new ReentrantLock();
  private final ReentrantLock writeLock = new ReentrantLock();
  private final ReentrantLock lock;
  private final Connection connection;
  private final RecordReader reader;
  private final OutputStream out;

  /** Decrypted data that no read has taken yet; guarded by readLock. */
  private ByteBuffer data = ByteBuffer.allocate(0);

  /** Set before anything else happens in a close, so that other threads know why they fail. */
  private volatile boolean closed;

  /** Records of a connection with this lock. */
  SocketRecords(ReentrantLock lock, Connection connection, InputStream in, OutputStream out) {
    this.lock = lock;
    this.connection = connection;
    reader = new RecordReader(in);
    this.out = out;
  }

  <R, X extends Exception> R locked(Operation<R, X> operation) throws X {
    lock.lock();
    try {
      return operation.apply(connection);
    } finally {
      lock.unlock();
    }
  }

  <X extends Exception> void run(Action<X> action) throws X {
    lock.lock();
    try {
      action.run(connection);
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Writers end with the record at hand. */
  void setClosed() {
    closed = true;
  }

  /** Reads one record from the peer. */
  void accept() throws IOException {
    readLock.lock();
    try {
      ByteBuffer record = reader.next();
      run(
          connection -> {
            if (!connection.isInboundClosed()) {
              connection.accept(record);
            }
          });
    } finally {
      readLock.unlock();
    }
  }

  /**
   * Sends what waits. If another thread is sending, it sends this too: whoever leaves the write
   * lock looks again.
   */
  void flush() throws IOException {
    while (locked(Connection::outboundLength) > 0 && writeLock.tryLock()) {
      try {
        drain();
      } finally {
        writeLock.unlock();
      }
    }
  }

  /** Sends what waits, after what another thread is sending. */
  void flushWaiting() throws IOException {
    writeLock.lock();
    try {
      drain();
    } finally {
      writeLock.unlock();
    }
  }

  /** Sends what waits; the caller holds the write lock. */
  private void drain() throws IOException {
    byte[] records = locked(SocketRecords::takeFlight);
    while (records.length > 0) {
      out.write(records);
      out.flush();
      records = locked(SocketRecords::takeFlight);
    }
  }

  /** All that waits goes out in one write: TCP holds back the second of two small ones. */
  private static byte[] takeFlight(Connection connection) {
    byte[] records = new byte[0];
    for (int length; (length = connection.outboundLength()) > 0 && records.length < FLIGHT; ) {
      int at = records.length;
      records = Arrays.copyOf(records, at + length);
      connection.takeOutbound(ByteBuffer.wrap(records, at, length));
    }
    return records;
  }

  /** Sends close_notify; without {@code wait} only if no other thread is blocked in a write. */
  void closeOutput(boolean wait) throws IOException {
    if (wait) {
      writeLock.lock();
    } else if (!writeLock.tryLock()) {
      return;
    }
    try {
      run(Connection::closeOutbound);
      drain();
    } finally {
      writeLock.unlock();
    }
    flush();
  }

  /** Throws away what has arrived, unless another thread is reading. */
  void discardArrived() throws IOException {
    if (readLock.tryLock()) {
      try {
        reader.discardArrived();
      } finally {
        readLock.unlock();
      }
    }
  }

  /** Ends a TCP connection in order after our alert: see {@link RecordReader#discardToEnd}. */
  void linger(Socket transport) throws IOException {
    if (readLock.tryLock()) {
      try {
        transport.shutdownOutput();
        reader.discardToEnd(transport);
      } finally {
        readLock.unlock();
      }
    }
  }

  /** Reads until the peer's goodbye, so that what follows in the transport is not TLS. */
  void awaitCloseNotify() throws IOException {
    if (!readLock.tryLock()) {
      return;
    }
    try {
      // A writer in another thread may have kept us from saying goodbye; then there is no answer.
      while (locked(c -> c.isOpen() && c.isOutboundClosed() && !c.isInboundClosed())) {
        decrypt();
      }
    } finally {
      readLock.unlock();
    }
  }

  /** How many bytes a read gets without waiting. */
  int available() {
    // A reader that holds the lock is waiting for data, so there is none.
    if (!readLock.tryLock()) {
      return 0;
    }
    try {
      return data.remaining();
    } finally {
      readLock.unlock();
    }
  }

  /** The lock of whoever uses {@link #data}. */
  ReentrantLock readLock() {
    return readLock;
  }

  /** Decrypted data; the caller holds the read lock. */
  ByteBuffer data() {
    return data;
  }

  /** Replaces the data by the next record's; the caller holds the read lock. */
  void decrypt() throws IOException {
    accept();
    try (NativeBuffer buffer = NativeBuffer.allocate(Session.MAX_DATA)) {
      run(
          connection -> {
            int count = connection.read(buffer);
            data = ByteBuffer.wrap(buffer.bytes(0, count));
            buffer.truncate(count);
            connection.session().touch();
          });
    }
  }

  /** Encrypts one record and sends it. */
  void send(byte[] source, int offset, int size) throws IOException {
    writeLock.lock();
    try (NativeBuffer buffer = NativeBuffer.of(source, offset, size)) {
      byte[] ahead = new byte[0];
      try {
        // The transport has room for one full record: an answer to the peer goes first.
        while (!locked(connection -> encrypt(connection, buffer, size))) {
          ahead = join(ahead, locked(SocketRecords::takeFlight));
        }
      } finally {
        // In one write with the data; after a failure too, or the peer would miss a record.
        out.write(join(ahead, locked(SocketRecords::takeFlight)));
        drain();
      }
    } finally {
      writeLock.unlock();
    }
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  private boolean encrypt(Connection connection, NativeBuffer buffer, int size) throws IOException {
    if (closed || connection.isOutboundClosed()) {
      throw new SocketException("Connection or outbound has closed");
    }
    if (connection.outboundLength() > 0) {
      return false;
    }
    connection.write(buffer, size);
    connection.session().touch();
    return true;
  }
}
