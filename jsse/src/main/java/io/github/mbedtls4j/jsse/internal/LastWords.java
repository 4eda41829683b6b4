package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.SslConnection;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Records that a connection leaves behind for its peer: most often one alert. */
final class LastWords {
  private final Deque<byte[]> records = new ArrayDeque<>();

  private LastWords() {}

  /** Takes all that waits for the peer. */
  static LastWords of(SslConnection ssl) {
    LastWords words = new LastWords();
    for (int length; (length = ssl.transport().outboundRecord()) > 0; ) {
      byte[] record = new byte[length];
      ssl.takeRecord(ByteBuffer.wrap(record));
      words.records.add(record);
    }
    return words;
  }

  /** The length of the next record; 0 if there is none. */
  int outboundRecord() {
    return records.isEmpty() ? 0 : records.peek().length;
  }

  /** Moves the next record into a buffer that has room for it. */
  void takeRecord(ByteBuffer target) {
    target.put(records.remove());
  }
}
