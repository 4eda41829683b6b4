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
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;

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

  private static final long SEND_ADDRESS = LibC.address(SEND);
  private static final long RECV_ADDRESS = LibC.address(RECV);

  private final long id = IDS.incrementAndGet();

  /** What C tells of its work; null unless somebody asked for it. */
  private SslMessages messages;

  /** A record of the peer, as far as C has not read it; null if there is none. */
  private NativeBuffer inbound;

  private int inboundAt;
  private long inboundHeader;
  private long outboundHeader;

  /** C's buffers are not always in the same place. */
  private boolean moved;

  /** The other way of records of data; null as long as there is none. */
  private DirectRecords direct;

  /** Records for the peer; null if there are none. */
  private NativeBuffer outbound;

  private int outboundAt;
  private int outboundSeen;
  private int outboundEnd;
  private boolean outboundClear = true;
  private int maxHandshake = Integer.MAX_VALUE;

  /** What a server may resume; null for nothing. */
  private SslResumption resumption;

  SslTransport() {
    TRANSPORTS.put(id, this);
    COUNT.add();
  }

  /** How many connections there are. */
  static int count() {
    return COUNT.count();
  }

  /** The transport of a connection's number; null if there is none. */
  static SslTransport of(long id) {
    return TRANSPORTS.get(id);
  }

  SslResumption resumption() {
    return resumption;
  }

  /** Sets once what the callbacks of a configuration find under this connection's number. */
  void setResumption(SslResumption offered, long conf) {
    resumption = offered;
    offered.attach(conf, id);
  }

  /** Makes a context use this memory. */
  void attach(long ssl) {
    Ssl.mbedtls_ssl_set_bio(ssl, id, SEND_ADDRESS, RECV_ADDRESS, 0);
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
    direct = null;
    closeInbound();
    closeOutbound();
    if (resumption != null) {
      resumption.close();
    }
  }

  /**
   * Gives one record to the connection.
   *
   * @param record its remaining bytes are the record, of at most {@link NativeBuffer#PAGE} bytes
   * @throws IllegalStateException if the last one was not read yet
   */
  void feed(ByteBuffer record) {
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
      return direct == null ? 0 : direct.waiting();
    }
    int length = payload(outboundAt);
    return HEADER + (isSplit() ? maxHandshake : length);
  }

  private int payload(int record) {
    return (outbound.getByte(record + 3) << 8) + outbound.getByte(record + 4);
  }

  /**
   * From now on cuts handshake messages into records of so much data: Mbed TLS negotiates
   * max_fragment_length, and does not apply it to them. The transcript hash covers messages, not
   * records.
   */
  public void splitHandshake(int maxData) {
    maxHandshake = maxData;
  }

  private boolean isSplit() {
    return outboundClear
        && outbound.getByte(outboundAt) == HANDSHAKE
        && payload(outboundAt) > maxHandshake;
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
  void takeRecord(ByteBuffer target) {
    if (outbound == null) {
      direct.take(target);
      return;
    }
    int length = outboundRecord();
    if (isSplit()) {
      takeFragment(target);
      return;
    }
    outboundClear &= outbound.getByte(outboundAt) != CHANGE_CIPHER_SPEC;
    outbound.get(outboundAt, target, length);
    outboundAt += length;
    if (outboundAt == outboundEnd) {
      closeOutbound();
    }
  }

  /** Takes the beginning of a record; the rest gets a header where its end was. */
  private void takeFragment(ByteBuffer target) {
    int rest = payload(outboundAt) - maxHandshake;
    byte[] header = outbound.bytes(outboundAt, HEADER);
    setLength(outboundAt, header, maxHandshake);
    outbound.get(outboundAt, target, HEADER + maxHandshake);
    outboundAt += maxHandshake;
    setLength(outboundAt, header, rest);
  }

  private void setLength(int record, byte[] header, int length) {
    header[3] = (byte) (length >>> 8);
    header[4] = (byte) length;
    outbound.put(record, header, 0, HEADER);
  }

  /** Whether data can be written with {@link DirectRecords#write}. */
  boolean writesDirectly() {
    return direct != null && direct.canWrite() && outbound == null;
  }

  /** Moves a record that waits in C's output buffer out of the way of the next one. */
  void settle() {
    if (direct != null && direct.waiting() > 0) {
      openOutbound();
      ByteBuffer record = direct.remove();
      outboundEnd = record.remaining();
      outboundSeen = outboundEnd;
      outbound.put(0, record);
    }
  }

  private void openOutbound() {
    if (outbound == null) {
      outbound = NativeBuffer.allocate(NativeBuffer.PAGE);
      outboundAt = 0;
      outboundSeen = 0;
      outboundEnd = 0;
    }
  }

  private int send(long buffer, int length) {
    openOutbound();
    moved |= outboundHeader != 0 && outboundHeader != buffer;
    outboundHeader = buffer;
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

  /** Where C keeps a record that it writes. */
  long outboundHeader() {
    return outboundHeader;
  }

  /** Whether both places are known and have been the same so far. */
  boolean knowsBuffers() {
    return inboundHeader != 0 && outboundHeader != 0 && !moved;
  }

  /** From now on records of data need not take the way of the callbacks. */
  void setDirect(DirectRecords records) {
    direct = records;
  }

  private int receive(long buffer, int length) {
    if (inboundHeader == 0) {
      inboundHeader = buffer;
    }
    // C asks for a header alone when it has nothing.
    moved |= length == HEADER && inboundAt == 0 && inboundHeader != buffer;
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
