package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Memory;
import io.github.mbedtls4j.nativeloader.binding.Ssl;
import io.github.mbedtls4j.nativeloader.binding.SslFragment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * One end of a TLS connection: {@code mbedtls_ssl_context} with a configuration of its own, which
 * may change between the steps of the handshake.
 *
 * <p>Its transport is memory ({@link SslTransport}). The methods return the result of the C
 * function; the caller serialises them and decides what happens between two of them, so that no
 * user code runs below a native frame.
 */
public final class SslConnection extends SslSetup {
  /** The next call needs a record from the peer. */
  public static final int WANT_READ = Ssl.MBEDTLS_ERR_SSL_WANT_READ;

  /** The next call needs the pending output to be taken. */
  public static final int WANT_WRITE = Ssl.MBEDTLS_ERR_SSL_WANT_WRITE;

  /** The peer sent close_notify. */
  public static final int PEER_CLOSE_NOTIFY = -0x7880;

  /** The peer sent a fatal alert. */
  public static final int FATAL_ALERT = -0x7780;

  private static final int MAX_DATA = 1 << 14;

  /** {@code mbedtls_ssl_context.state} of the public header; checked by {@link #checkLayout}. */
  private static final long STATE_AT = SSL_AT + 8;

  /** What a handshake is set up with that only tries the library. */
  static final SslSettings PROBE =
      new SslSettings(
          true, 3, 3, List.of(0xC02F), List.of(3), List.of(Hash.SHA256), List.of(), null, false);

  static {
    checkLayout();
  }

  /** Null until the first data, and for a connection whose records all go through callbacks. */
  private DirectRecords direct;

  private boolean directTried;

  /** C is known to have worked off every record that it got. */
  private boolean drained;

  /** Sets up a connection; nothing is sent yet. */
  public SslConnection(SslSettings settings) {
    super(settings);
  }

  /** How many connections are allocated: for diagnostics and tests of leaks. */
  public static int openConnections() {
    return SslTransport.count();
  }

  /** How many bytes of data a record to the peer may have. */
  public int maxFragmentLength() {
    return FRAGMENTS
        ? status(block -> (int) SslFragment.mbedtls_ssl_get_output_max_frag_len(block + SSL_AT))
        : MAX_DATA;
  }

  /** The memory that records come from and go to. */
  public SslTransport transport() {
    return transport;
  }

  /** One step of the handshake: {@code mbedtls_ssl_handshake_step}. */
  public int handshakeStep() {
    return status(block -> Ssl.mbedtls_ssl_handshake_step(block + SSL_AT));
  }

  /**
   * Gives one record to the connection.
   *
   * @param record its remaining bytes are the record, of at most {@link NativeBuffer#PAGE} bytes
   * @throws IllegalStateException if the last one was not read yet
   */
  public void feed(ByteBuffer record) {
    status(
        block -> {
          if (!drained || directRecords(block) == null || !direct.feed(record)) {
            transport.feed(record);
          }
          drained = false;
          return 0;
        });
  }

  /** Moves the first record for the peer into a buffer that has room for it. */
  public void takeRecord(ByteBuffer target) {
    status(
        block -> {
          transport.takeRecord(target);
          return 0;
        });
  }

  private DirectRecords directRecords(long block) {
    if (!directTried && SslState.of(Memory.getInt(block + STATE_AT)) == SslState.HANDSHAKE_OVER) {
      directTried = true;
      SslLayout layout = SslLayout.found();
      if (layout != null && transport.knowsBuffers()) {
        direct = directRecords(block, layout);
        transport.setDirect(direct);
      }
    }
    return direct;
  }

  /** The other way of records for a layout, whatever the state of the connection. */
  DirectRecords directRecords(long block, SslLayout layout) {
    String suite = Memory.string(Ssl.mbedtls_ssl_get_ciphersuite(block + SSL_AT));
    int atMost = Ssl.mbedtls_ssl_get_record_expansion(block + SSL_AT);
    int expansion = suite == null ? 0 : DirectRecords.expansion(suite, atMost);
    return new DirectRecords(layout, block + SSL_AT, block + TEXT_AT, transport, expansion);
  }

  /** The state of the handshake that the next step works in. */
  public SslState state() {
    return SslState.of(status(block -> Memory.getInt(block + STATE_AT)));
  }

  /**
   * Decrypts data of the record at hand: the count of bytes, or a negative status, {@link
   * #WANT_WRITE} not among them.
   */
  public int read(NativeBuffer target) {
    return status(
        block -> {
          transport.settle();
          int result = Ssl.mbedtls_ssl_read(block + SSL_AT, target.address(), target.size());
          drained =
              (result > 0 && result < target.size())
                  || (result == WANT_READ && Ssl.mbedtls_ssl_check_pending(block + SSL_AT) == 0);
          // An alert found no room. C would send it in place of the next data, and say it sent
          // that.
          return result == WANT_WRITE ? Ssl.MBEDTLS_ERR_SSL_INTERNAL_ERROR : result;
        });
  }

  /** Whether more data or another record is already inside the library. */
  public boolean pending() {
    return !drained && status(block -> Ssl.mbedtls_ssl_check_pending(block + SSL_AT)) != 0;
  }

  /** Encrypts at most one record of data; after {@link #WANT_WRITE} the call must be repeated. */
  public int write(NativeBuffer source, int length) {
    return status(
        block -> {
          long ssl = block + SSL_AT;
          if (directRecords(block) != null && transport.writesDirectly()) {
            return direct.write(length, () -> Ssl.mbedtls_ssl_write(ssl, source.address(), length));
          }
          transport.settle();
          return Ssl.mbedtls_ssl_write(ssl, source.address(), length);
        });
  }

  /** Sends an alert of a level: 1 for a warning, 2 for a fatal one. */
  public int sendAlert(int level, int description) {
    return status(
        block -> {
          transport.settle();
          return Ssl.mbedtls_ssl_send_alert_message(
              block + SSL_AT, (byte) level, (byte) description);
        });
  }

  /**
   * The description of the alert that was just decrypted: Mbed TLS leaves it where the record lies.
   *
   * @param explicitIv how many bytes stand before the content of the record
   */
  public int receivedAlert(int explicitIv) {
    return status(
            block ->
                Memory.getInt(transport.inboundHeader() + SslTransport.HEADER + explicitIv) >>> 8)
        & 0xFF;
  }

  /** By how many bytes a record is longer than its data; negative if that is not known. */
  public int recordExpansion() {
    return status(block -> Ssl.mbedtls_ssl_get_record_expansion(block + SSL_AT));
  }

  /** The protocol version as the library names it, such as {@code TLSv1.2}. */
  public String version() {
    return string(block -> Ssl.mbedtls_ssl_get_version(block + SSL_AT));
  }

  /** The cipher suite as the library names it; null before the end of the handshake. */
  public String cipherSuite() {
    return string(block -> Ssl.mbedtls_ssl_get_ciphersuite(block + SSL_AT));
  }

  /** The protocol chosen by ALPN; null if none was. */
  public String applicationProtocol() {
    return string(block -> Ssl.mbedtls_ssl_get_alpn_protocol(block + SSL_AT));
  }

  /** What is needed to resume this session, and to see whose it is. */
  public SavedSession savedSession() {
    byte[][] saved = new byte[1][];
    status(
        block -> {
          saved[0] = SslSession.save(Ssl.mbedtls_ssl_get_session_pointer(block + SSL_AT));
          return 0;
        });
    return new SavedSession(saved[0]);
  }

  private String string(LongUnaryOperator getter) {
    String[] text = new String[1];
    status(
        block -> {
          text[0] = Memory.string(getter.applyAsLong(block));
          return 0;
        });
    return text[0];
  }

  /** Refuses to work when the state is not where the public header of 2.28 has it. */
  private static void checkLayout() {
    try (SslConnection probe = new SslConnection(PROBE)) {
      SslState before = probe.state();
      int result = probe.handshakeStep();
      if (before != SslState.HELLO_REQUEST
          || result != 0
          || probe.state() != SslState.CLIENT_HELLO) {
        throw new IllegalStateException("mbedtls_ssl_context has another layout than 2.28's");
      }
    }
  }
}
