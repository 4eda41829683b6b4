package io.github.mbedtls4j.jsse;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** Cuts the plaintext handshake records of one direction anew, as a peer might have sent them. */
final class RecordCutter {
  private boolean encrypted;

  /** The records in a buffer in write mode, header included. */
  static List<byte[]> records(ByteBuffer wire) {
    List<byte[]> records = new ArrayList<>();
    ByteBuffer in = wire.duplicate().flip();
    while (in.remaining() >= 5) {
      byte[] record = new byte[5 + (in.getShort(in.position() + 3) & 0xFFFF)];
      in.get(record);
      records.add(record);
    }
    return records;
  }

  /** Replaces the records in a buffer in write mode by others with payloads of given sizes. */
  void cut(ByteBuffer wire, IntSupplier sizes) {
    List<byte[]> records = records(wire);
    wire.clear();
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] record : records) {
      if (record[0] == 22 && !encrypted) {
        joined.write(record, 5, record.length - 5);
      } else {
        flush(joined, wire, sizes);
        encrypted |= record[0] == 20;
        wire.put(record);
      }
    }
    flush(joined, wire, sizes);
  }

  private static void flush(ByteArrayOutputStream joined, ByteBuffer wire, IntSupplier sizes) {
    ByteBuffer messages = ByteBuffer.wrap(joined.toByteArray());
    joined.reset();
    while (messages.hasRemaining()) {
      int size = Math.min(sizes.getAsInt(), messages.remaining());
      wire.put(new byte[] {22, 3, 3, (byte) (size >> 8), (byte) size});
      wire.put(messages.slice(messages.position(), size));
      messages.position(messages.position() + size);
    }
  }
}
