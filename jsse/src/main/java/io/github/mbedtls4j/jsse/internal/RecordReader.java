package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.SslTransport;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;

/**
 * Cuts a stream into records. A read that times out inside a record keeps what came; the next one
 * goes on from there. Guarded by its owner's read lock.
 */
final class RecordReader {
  private static final int MAX_RECORD = SslTransport.HEADER + Session.MAX_DATA + 2048;

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
   * @throws SSLException if these bytes are not TLS
   */
  ByteBuffer next() throws IOException {
    int length;
    while ((length = Records.length(ByteBuffer.wrap(buffer, 0, have))) == Records.INCOMPLETE) {
      fill(SslTransport.HEADER);
    }
    if (length == Records.NOT_TLS) {
      throw new SSLException("Unsupported or unrecognized SSL message");
    }
    if (length > MAX_RECORD) {
      throw new SSLException("a record of " + length + " bytes, at most " + MAX_RECORD + " may be");
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
}
