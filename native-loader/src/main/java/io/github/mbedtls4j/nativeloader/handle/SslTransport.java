package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.LibC;
import io.github.mbedtls4j.nativeloader.binding.Ssl;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that a connection reads records from and writes records to; an idle connection holds
 * none. Guarded by the lock of whoever drives the connection.
 *
 * <p>C reaches it through one callback per direction, shared by all connections and kept for ever,
 * with a number for the connection: a thunk per connection would cost memory, and could be freed
 * while C still calls it. The callbacks only move bytes between native buffers, so that C code may
 * replace them.
 */
public final class SslTransport {
  /** The bytes before a record's payload: type, version, length (RFC 5246 section 6.2.1). */
  public static final int HEADER = 5;

  private static final byte[] TLS_1_2 = {3, 3};

  private static final Map<Long, SslTransport> TRANSPORTS = new ConcurrentHashMap<>();
  private static final AtomicLong IDS = new AtomicLong();
  private static final ConnectionCount COUNT = new ConnectionCount();

  // An exception that left a callback would return 0, which C takes for success.
  private static final Ssl.Send SEND =
      (id, buffer, length) -> {
        try {
          return TRANSPORTS.get(id).send(buffer, (int) length);
        } catch (Throwable t) {
          return Ssl.MBEDTLS_ERR_SSL_INTERNAL_ERROR;
        }
      };
  private static final Ssl.Recv RECV =
      (id, buffer, length) -> {
        try {
          return TRANSPORTS.get(id).receive(buffer, (int) length);
        } catch (Throwable t) {
          return Ssl.MBEDTLS_ERR_SSL_INTERNAL_ERROR;
        }
      };

  private final long id = IDS.incrementAndGet();

  /** What C tells of its work; null unless somebody asked for it. */
  private SslMessages messages;

  /** A record of the peer, as far as C has not read it; null if there is none. */
  private NativeBuffer inbound;

  private int inboundAt;
  private long inboundHeader;

  /** Records for the peer; null if there are none. */
  private NativeBuffer outbound;

  private int outboundAt;
  private int outboundSeen;
  private int outboundEnd;

  SslTransport() {
    TRANSPORTS.put(id, this);
    COUNT.add();
  }

  /** How many connections there are. */
  static int count() {
    return COUNT.count();
  }

  /** Makes a context use this memory. */
  void attach(long ssl) {
    Ssl.mbedtls_ssl_set_bio(ssl, id, SEND, RECV, 0);
  }

  /** Makes a configuration's messages come here. */
  void collectMessages(long conf) {
    if (SslMessages.supported()) {
      messages = new SslMessages();
      SslMessages.attach(conf, id);
    }
  }

  /** The messages of a connection that collects them; null for another or an unknown one. */
  static SslMessages messagesOf(long id) {
    SslTransport transport = TRANSPORTS.get(id);
    return transport == null ? null : transport.messages;
  }

  /** What the library told since the last call; empty unless it was asked to. */
  public List<SslMessages.Message> takeMessages() {
    return messages == null ? List.of() : messages.take();
  }

  void unregister() {
    TRANSPORTS.remove(id);
    COUNT.remove();
    closeInbound();
    closeOutbound();
  }

  /**
   * Gives one record to the connection.
   *
   * @param record its remaining bytes are the record, of at most {@link NativeBuffer#PAGE} bytes
   * @throws IllegalStateException if the last one was not read yet
   */
  public void feed(ByteBuffer record) {
    if (inbound != null) {
      throw new IllegalStateException("the connection has not read its last record yet");
    }
    inbound = NativeBuffer.allocate(record.remaining());
    inbound.put(0, record);
    inboundAt = 0;
  }

  /** The length of the first record for the peer; 0 if there is none. */
  public int outboundRecord() {
    if (outbound == null) {
      return 0;
    }
    return HEADER + (outbound.getByte(outboundAt + 3) << 8) + outbound.getByte(outboundAt + 4);
  }

  /** A copy of what the connection wrote since the last call, if none of it was taken yet. */
  public byte[] written() {
    byte[] news =
        outbound == null ? new byte[0] : outbound.bytes(outboundSeen, outboundEnd - outboundSeen);
    outboundSeen = outboundEnd;
    return news;
  }

  /** Leaves what the connection wrote out of the next {@link #written}. */
  public void skipWritten() {
    outboundSeen = outboundEnd;
  }

  /** Moves the first record for the peer into a buffer that has room for it. */
  public void takeRecord(ByteBuffer target) {
    int length = outboundRecord();
    outbound.get(outboundAt, target, length);
    outboundAt += length;
    if (outboundAt == outboundEnd) {
      closeOutbound();
    }
  }

  private int send(long buffer, int length) {
    if (outbound == null) {
      outbound = NativeBuffer.allocate(NativeBuffer.PAGE);
      outboundAt = 0;
      outboundSeen = 0;
      outboundEnd = 0;
    }
    if (length > NativeBuffer.PAGE - outboundEnd) {
      return Ssl.MBEDTLS_ERR_SSL_WANT_WRITE;
    }
    LibC.memcpy(outbound.address() + outboundEnd, buffer, length);
    setVersion(outboundEnd);
    outboundEnd += length;
    return length;
  }

  /** A server that has not read a ClientHello yet writes version 0.0, which no peer understands. */
  private void setVersion(int record) {
    if (outbound.getByte(record + 1) == 0) {
      outbound.put(record + 1, TLS_1_2, 0, TLS_1_2.length);
    }
  }

  /** Where C keeps the record that it works on. */
  long inboundHeader() {
    return inboundHeader;
  }

  private int receive(long buffer, int length) {
    if (inboundHeader == 0) {
      inboundHeader = buffer;
    }
    if (inbound == null) {
      return Ssl.MBEDTLS_ERR_SSL_WANT_READ;
    }
    int count = Math.min(length, inbound.size() - inboundAt);
    LibC.memcpy(buffer, inbound.address() + inboundAt, count);
    inboundAt += count;
    if (inboundAt == inbound.size()) {
      closeInbound();
    }
    return count;
  }

  private void closeInbound() {
    if (inbound != null) {
      inbound.close();
      inbound = null;
    }
  }

  private void closeOutbound() {
    if (outbound != null) {
      outbound.truncate(outboundEnd);
      outbound.close();
      outbound = null;
      outboundSeen = 0;
      outboundEnd = 0;
    }
  }
}
