package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.nativeloader.binding.LibC;
import io.github.mbedtls4j.nativeloader.binding.Memory;
import io.github.mbedtls4j.nativeloader.binding.Ssl;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/**
 * Where a {@code mbedtls_ssl_context} keeps what {@link DirectRecords} works with: found in the
 * loaded library and tried, since builds differ.
 *
 * @param bioAt the offset of {@code p_bio}
 * @param sendAt the offset of {@code f_send}
 * @param inLeftAt the offset of {@code in_left}
 */
record SslLayout(int bioAt, int sendAt, int inLeftAt) {
  /** Set to false to have every record carried by callbacks. */
  static final String ENABLED = "mbedtls4j.jsse.directRecords";

  /** Any record of so many bytes with its header fits into the input buffer: it was tried. */
  static final int ROOM = SslTransport.HEADER + (1 << 14);

  private static final long BIO_MARK = 0x5A17_0C3E_91B2_6D01L;
  private static final long SEND_MARK = 0x5A17_0C3E_91B2_6D02L;
  private static final long OTHER_MARK = 0x5A17_0C3E_91B2_6D03L;

  private static final SslLayout FOUND = isWanted() ? find() : null;

  /** The layout of the loaded library; null if it is not known or not to be used. */
  static SslLayout found() {
    return FOUND;
  }

  private static boolean isWanted() {
    return !"false".equalsIgnoreCase(System.getProperty(ENABLED))
        && LibC.ATOI != 0
        // There the buffers move after the handshake.
        && !MbedTls.hasFeature("MBEDTLS_SSL_VARIABLE_BUFFER_LENGTH");
  }

  private static SslLayout find() {
    try (SslConnection probe = new SslConnection(SslConnection.PROBE)) {
      SslLayout[] layout = new SslLayout[1];
      // The first steps make the connection write a record and tell where its buffers are.
      int begun = probe.handshakeStep();
      int hello = probe.handshakeStep();
      probe.status(
          block -> {
            layout[0] = find(probe, block + SslConnection.SSL_AT);
            return 0;
          });
      SslLayout found = layout[0];
      return begun == 0
              && hello == 0
              && found != null
              && found.sends(probe)
              && found.receives(probe)
          ? found
          : null;
    }
  }

  private static SslLayout find(SslConnection probe, long ssl) {
    ByteBuffer context = context(ssl);
    Ssl.mbedtls_ssl_set_bio(ssl, BIO_MARK, SEND_MARK, OTHER_MARK, OTHER_MARK);
    int bio = offsetOf(context, BIO_MARK);
    int send = offsetOf(context, SEND_MARK);
    probe.transport().attach(ssl);
    ByteBuffer before = copy(context);
    probe.transport().feed(ByteBuffer.wrap(new byte[] {22, 3, 3}));
    int first = Ssl.mbedtls_ssl_handshake_step(ssl);
    ByteBuffer three = copy(context);
    probe.transport().feed(ByteBuffer.wrap(new byte[] {1 << 6}));
    int second = Ssl.mbedtls_ssl_handshake_step(ssl);
    int[] left =
        words(context)
            .filter(
                at -> before.getLong(at) == 0 && three.getLong(at) == 3 && context.getLong(at) == 4)
            .toArray();
    boolean waits =
        first == Ssl.MBEDTLS_ERR_SSL_WANT_READ && second == Ssl.MBEDTLS_ERR_SSL_WANT_READ;
    return waits && bio >= 0 && send >= 0 && left.length == 1
        ? new SslLayout(bio, send, left[0])
        : null;
  }

  /** Whether an alert, said to be of the right length, lies where Java is to look for it. */
  private boolean sends(SslConnection probe) {
    int[] results = new int[2];
    byte[] record = new byte[SslTransport.HEADER + 2];
    probe.status(
        block -> {
          DirectRecords records = probe.directRecords(block, this);
          results[0] = records.send(record.length + 1, () -> alert(block));
          // What was refused is still there: C tries to send it again.
          results[1] = records.send(record.length, () -> alert(block));
          records.peek(record);
          return 0;
        });
    return results[0] == Ssl.MBEDTLS_ERR_SSL_INTERNAL_ERROR
        && results[1] == 0
        && ByteBuffer.wrap(record).equals(ByteBuffer.wrap(new byte[] {21, 3, 3, 0, 2, 1, 90}));
  }

  private static int alert(long block) {
    return Ssl.mbedtls_ssl_send_alert_message(block + SslConnection.SSL_AT, (byte) 1, (byte) 90);
  }

  /** Whether C goes on behind a header that it is told to have read, and has room enough. */
  private boolean receives(SslConnection probe) {
    ByteBuffer in = Memory.view(probe.transport().inboundHeader(), SslTransport.HEADER + 1L);
    return probe.status(
            block -> {
              ByteBuffer context = context(block + SslConnection.SSL_AT);
              in.put(SslTransport.HEADER - 1, (byte) 0);
              context.putLong(inLeftAt, SslTransport.HEADER);
              probe.transport().feed(ByteBuffer.wrap(new byte[] {90}));
              int result = Ssl.mbedtls_ssl_handshake_step(block + SslConnection.SSL_AT);
              return result == Ssl.MBEDTLS_ERR_SSL_WANT_READ
                      && context.getLong(inLeftAt) == SslTransport.HEADER + 1
                      && in.get(SslTransport.HEADER) == 90
                  ? 1
                  : 0;
            })
        == 1;
  }

  /** A view of a context. */
  static ByteBuffer context(long ssl) {
    return Memory.view(ssl, ContextType.SSL.size());
  }

  private static ByteBuffer copy(ByteBuffer context) {
    ByteBuffer copy = ByteBuffer.allocate(context.capacity()).order(context.order());
    return copy.put(0, context, 0, context.capacity());
  }

  /** The one place of a word; negative if there is none or more than one. */
  private static int offsetOf(ByteBuffer context, long word) {
    int[] found = words(context).filter(at -> context.getLong(at) == word).toArray();
    return found.length == 1 ? found[0] : -1;
  }

  private static IntStream words(ByteBuffer context) {
    return IntStream.iterate(0, at -> at + Long.BYTES <= context.capacity(), at -> at + Long.BYTES);
  }
}
