package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.LibC;
import io.github.mbedtls4j.nativeloader.binding.Memory;
import io.github.mbedtls4j.nativeloader.binding.Ssl;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;

/**
 * The records of data of an open connection, without callbacks: one costs as much as the encryption
 * of a short record. Each record goes straight into C's input buffer, and is looked at in C's
 * output buffer.
 *
 * <p>Only the connection uses it, in a call or between two, and drops it before the context goes.
 */
final class DirectRecords {
  /** Room for the length of a record in decimal digits, and NUL. */
  static final int TEXT = 8;

  private static final int APPLICATION_DATA = 23;

  private final SslLayout layout;
  private final ByteBuffer context;
  private final ByteBuffer input;
  private final ByteBuffer output;
  private final ByteBuffer text;
  private final long textAddress;
  private final int expansion;

  /** What the text says. */
  private int textValue = -1;

  /** The length of the record in C's output buffer that was not taken yet; 0 for none. */
  private int waiting;

  /**
   * Sees the buffers of a connection.
   *
   * @param expansion by how much a record is longer than its data, always; 0 if that is not known
   */
  DirectRecords(
      SslLayout layout, long ssl, long textAddress, SslTransport transport, int expansion) {
    this.layout = layout;
    this.textAddress = textAddress;
    this.expansion = expansion;
    context = SslLayout.context(ssl);
    text = Memory.view(textAddress, TEXT);
    input = Memory.view(transport.inboundHeader(), SslLayout.ROOM);
    output = Memory.view(transport.outboundHeader(), NativeBuffer.PAGE);
  }

  /** By how much a record is longer than its data, if that depends on nothing but the suite. */
  static int expansion(String suite, int atMost) {
    boolean aead =
        suite.contains("-GCM-") || suite.contains("-CCM") || suite.contains("-CHACHA20-POLY1305-");
    return aead ? Math.max(0, atMost) : 0;
  }

  /**
   * Gives C a record as if it had fetched it: {@code in_left} says how much has been. C must have
   * worked off all it had.
   *
   * @return false, and nothing was done, if the record is not for this way
   */
  boolean feed(ByteBuffer record) {
    int length = record.remaining();
    int start = record.position();
    if (length < SslTransport.HEADER
        || length > SslLayout.ROOM
        || record.get(start) != APPLICATION_DATA
        || length != recordLength(record, start)
        || context.getLong(layout.inLeftAt()) != 0) {
      return false;
    }
    input.put(0, record, start, length);
    record.position(start + length);
    context.putLong(layout.inLeftAt(), length);
    return true;
  }

  private static int recordLength(ByteBuffer record, int start) {
    return SslTransport.HEADER
        + ((record.get(start + 3) & 0xFF) << 8)
        + (record.get(start + 4) & 0xFF);
  }

  /** Whether {@link #write} can be used. */
  boolean canWrite() {
    return expansion > 0 && waiting == 0;
  }

  /**
   * Makes C write one record of data, which then waits to be taken.
   *
   * @param write calls {@code mbedtls_ssl_write}
   * @return its result
   */
  int write(int length, IntSupplier write) {
    int result = send(length + expansion, write);
    if (result != length) {
      return result;
    }
    if (output.get(0) != APPLICATION_DATA || recordLength(output, 0) != length + expansion) {
      return Ssl.MBEDTLS_ERR_SSL_INTERNAL_ERROR;
    }
    waiting = length + expansion;
    return result;
  }

  /**
   * Calls C with an {@code f_send} that has sent what it is told to, if that is so long as
   * expected: {@code atoi}, which does nothing but read a number, and C takes none that is too
   * large.
   */
  int send(int length, IntSupplier call) {
    if (length != textValue) {
      byte[] digits = Integer.toString(length).getBytes(StandardCharsets.US_ASCII);
      text.put(0, digits).put(digits.length, (byte) 0);
      textValue = length;
    }
    long bio = context.getLong(layout.bioAt());
    long send = context.getLong(layout.sendAt());
    context.putLong(layout.bioAt(), textAddress);
    context.putLong(layout.sendAt(), LibC.ATOI);
    try {
      return call.getAsInt();
    } finally {
      context.putLong(layout.bioAt(), bio);
      context.putLong(layout.sendAt(), send);
    }
  }

  /** The length of the record that waits; 0 if none does. */
  int waiting() {
    return waiting;
  }

  /** Moves the record that waits into a buffer that has room for it. */
  void take(ByteBuffer target) {
    target.put(target.position(), output, 0, waiting);
    target.position(target.position() + waiting);
    waiting = 0;
  }

  /** The record that waits, until the next call of C. */
  ByteBuffer remove() {
    ByteBuffer record = output.slice(0, waiting);
    waiting = 0;
    return record;
  }

  /** Copies the beginning of C's output buffer. */
  void peek(byte[] target) {
    output.get(0, target);
  }
}
