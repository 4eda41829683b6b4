package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.MbedTlsException;
import io.github.mbedtls4j.nativeloader.handle.NativeBuffer;
import io.github.mbedtls4j.nativeloader.handle.SslConnection;
import io.github.mbedtls4j.nativeloader.handle.SslState;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;

/**
 * One end of a TLS connection without any input or output: records in, records out, decisions in
 * between. Engines and sockets are shells around it.
 *
 * <p>The owner holds its lock around every call, except where a method says otherwise. Mbed TLS
 * remembers neither that a connection was closed nor that it failed: this class does.
 */
final class Connection {
  private enum Phase {
    NEW,
    HANDSHAKE,
    OPEN
  }

  private final ReentrantLock lock;
  private final Settings<?> settings;
  private final Session session;
  private final HandshakeTap tap = new HandshakeTap();
  private final Handshake handshake;
  private final Deque<ByteBuffer> feeds = new ArrayDeque<>();

  private Phase phase = Phase.NEW;
  private SslConnection ssl;
  private Handshake.Decision task;
  private boolean taskRunning;
  private SSLException failure;
  private boolean failureThrown;
  private boolean inboundClosed;
  private boolean outboundClosed;
  private boolean closeNotifyReceived;
  private String applicationProtocol;

  Connection(
      ReentrantLock lock,
      ContextData context,
      Settings<?> settings,
      Owner owner,
      String peerHost,
      int peerPort) {
    this.lock = lock;
    this.settings = settings;
    this.session =
        new Session(
            settings.clientMode ? context.clientSessions() : context.serverSessions(),
            peerHost,
            peerPort);
    this.handshake = new Handshake(context, settings, owner, tap, session);
  }

  Session session() {
    return session;
  }

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  boolean isNew() {
    return phase == Phase.NEW;
  }

  boolean isInboundClosed() {
    return inboundClosed;
  }

  boolean isOutboundClosed() {
    return outboundClosed;
  }

  boolean isCloseNotifyReceived() {
    return closeNotifyReceived;
  }

  /** The protocol chosen by ALPN: null before the end of the handshake, empty for none. */
  String applicationProtocol() {
    return applicationProtocol;
  }

  /** What the connection waits for. */
  HandshakeStatus status() {
    if (outboundLength() > 0) {
      return HandshakeStatus.NEED_WRAP;
    }
    if (inboundClosed && outboundClosed) {
      return HandshakeStatus.NOT_HANDSHAKING;
    }
    if (phase == Phase.HANDSHAKE) {
      if (task != null) {
        return HandshakeStatus.NEED_TASK;
      }
      return inboundClosed ? HandshakeStatus.NEED_WRAP : HandshakeStatus.NEED_UNWRAP;
    }
    if (phase == Phase.OPEN && outboundClosed) {
      return HandshakeStatus.NEED_UNWRAP;
    }
    if (inboundClosed) {
      return HandshakeStatus.NEED_WRAP;
    }
    return HandshakeStatus.NOT_HANDSHAKING;
  }

  /** Starts the handshake unless it was started before. */
  void begin() throws SSLException {
    if (phase != Phase.NEW || outboundClosed || inboundClosed) {
      return;
    }
    phase = Phase.HANDSHAKE;
    try {
      ssl = new SslConnection(handshake.sslSettings());
    } catch (MbedTlsException e) {
      throw fail(null, handshakeException(e));
    }
    advance();
  }

  /**
   * Throws the failure of a task that nobody has been told of.
   *
   * @throws SSLException once
   */
  void throwFailure() throws SSLException {
    if (failure != null && !failureThrown) {
      failureThrown = true;
      throw failure;
    }
  }

  /** The length of the next record for the peer; 0 if there is none. */
  int outboundLength() {
    return ssl == null ? 0 : ssl.transport().outboundRecord();
  }

  /** Moves the next record for the peer into a buffer that has room for it. */
  void takeOutbound(ByteBuffer target) throws SSLException {
    ssl.transport().takeRecord(target);
    if (outboundLength() == 0) {
      // Mbed TLS may have more to write that the transport had no room for.
      advance();
      releaseIfDone();
    }
  }

  /** Takes one whole record of the peer. */
  void accept(ByteBuffer record) throws SSLException {
    if (phase == Phase.OPEN) {
      ssl.transport().feed(record);
      return;
    }
    List<ByteBuffer> records;
    boolean helloSeen = tap.clientHello() != null;
    try {
      records = tap.inbound(record);
    } catch (SSLProtocolException e) {
      throw fail(Alert.UNEXPECTED_MESSAGE, e);
    }
    feeds.addAll(records);
    if (!settings.clientMode && !helloSeen && tap.clientHello() != null) {
      task = handshake.onClientHello(ssl);
      return;
    }
    advance();
  }

  /** Runs steps until the peer, the transport or user code is needed, or the handshake is over. */
  private void advance() throws SSLException {
    while (phase == Phase.HANDSHAKE && task == null && failure == null) {
      SslState state = ssl.state();
      if (state == SslState.HANDSHAKE_OVER) {
        finish();
        return;
      }
      int result = ssl.handshakeStep();
      byte[] written = ssl.transport().written();
      tap.outbound(written);
      if (result == SslConnection.WANT_READ && !feeds.isEmpty()) {
        ssl.transport().feed(feeds.remove());
      } else if (result == SslConnection.WANT_READ || result == SslConnection.WANT_WRITE) {
        return;
      } else if (result != 0) {
        throw failNative("handshake", result, written);
      } else {
        task = handshake.after(state, ssl);
      }
    }
  }

  private void finish() throws SSLException {
    try {
      handshake.finish(ssl);
    } catch (Handshake.Refusal e) {
      throw fail(e.alert(), handshakeException(e));
    }
    String chosen = ssl.applicationProtocol();
    applicationProtocol = chosen == null ? "" : chosen;
    phase = Phase.OPEN;
  }

  /** The decision to be made by {@link #runTask}, handed out once; null if there is none. */
  Runnable takeTask() {
    if (task == null || taskRunning) {
      return null;
    }
    taskRunning = true;
    return this::runTask;
  }

  /** Makes the decision at hand; called without the lock. */
  void runTask() {
    Handshake.Decision decision = task;
    Runnable consequence = null;
    Throwable refusal = null;
    try {
      consequence = decision.decide();
    } catch (Throwable t) {
      refusal = t;
    }
    lock.lock();
    try {
      task = null;
      taskRunning = false;
      if (failure != null || outboundClosed) {
        return;
      }
      try {
        if (refusal != null) {
          throw fail(
              refusal instanceof Handshake.Refusal r ? r.alert() : Alert.INTERNAL_ERROR,
              handshakeException(refusal));
        }
        consequence.run();
        advance();
      } catch (SSLException e) {
        // Kept as the failure; the next call throws it.
        failureThrown = false;
      } catch (RuntimeException e) {
        fail(Alert.INTERNAL_ERROR, handshakeException(e));
        failureThrown = false;
      }
    } finally {
      lock.unlock();
    }
  }

  private static SSLHandshakeException handshakeException(Throwable cause) {
    SSLHandshakeException exception = new SSLHandshakeException(cause.getMessage());
    // A refusal only carries what user code threw.
    Throwable shown = cause instanceof Handshake.Refusal ? cause.getCause() : cause;
    if (shown != null) {
      exception.initCause(shown);
    }
    return exception;
  }

  /** Decrypts what {@link #accept} took: the count of bytes put into the buffer, 0 for none. */
  int read(NativeBuffer target) throws SSLException {
    if (phase != Phase.OPEN || inboundClosed) {
      return 0;
    }
    int result = ssl.read(target);
    if (result > 0) {
      return result;
    }
    byte[] written = ssl.transport().written();
    if (result == SslConnection.PEER_CLOSE_NOTIFY) {
      closeNotifyReceived = true;
      inboundClosed = true;
      // TLS 1.2: the answer is a close_notify of one's own (RFC 5246 section 7.2.1).
      closeOutbound();
      return 0;
    }
    if (result == 0 || result == SslConnection.WANT_READ || result == SslConnection.WANT_WRITE) {
      return 0;
    }
    throw failNative("read", result, written);
  }

  /** Whether {@link #read} has more without another record. */
  boolean pending() {
    return phase == Phase.OPEN && !inboundClosed && ssl.pending();
  }

  /** By how many bytes at most a record is longer than its data. */
  int expansion() {
    int expansion = ssl.recordExpansion();
    return expansion < 0 ? Session.PACKET_SIZE - Session.MAX_DATA : expansion;
  }

  /** Encrypts data into one record, which then waits for {@link #takeOutbound}. */
  void write(NativeBuffer source, int length) throws SSLException {
    int result = ssl.write(source, length);
    if (result != length) {
      throw failNative("write", result, ssl.transport().written());
    }
    ssl.transport().skipWritten();
  }

  /** Closes the sending side: a close_notify waits for the peer if a handshake was begun. */
  void closeOutbound() {
    if (outboundClosed) {
      return;
    }
    outboundClosed = true;
    if (ssl == null) {
      inboundClosed = true;
      return;
    }
    if (failure == null) {
      ssl.closeNotify();
      ssl.transport().skipWritten();
    }
    if (phase == Phase.HANDSHAKE) {
      inboundClosed = true;
    }
    releaseIfDone();
  }

  /**
   * Closes the receiving side because the transport ended.
   *
   * @throws SSLException if the peer did not say that it would: data may be missing
   */
  void closeInbound() throws SSLException {
    if (inboundClosed) {
      return;
    }
    if (phase != Phase.NEW && !closeNotifyReceived) {
      throw fail(
          Alert.INTERNAL_ERROR,
          new SSLException("closing inbound before receiving peer's close_notify"));
    }
    inboundClosed = true;
    releaseIfDone();
  }

  /** Frees everything at once: the transport is gone. */
  void abandon() {
    inboundClosed = true;
    outboundClosed = true;
    if (ssl != null && !taskRunning) {
      ssl.close();
      handshake.giveBack();
    }
  }

  /** Frees native memory once nothing more can be sent or received. */
  private void releaseIfDone() {
    if (inboundClosed && outboundClosed && outboundLength() == 0 && !taskRunning) {
      ssl.close();
      handshake.giveBack();
    }
  }

  private SSLException failNative(String operation, int code, byte[] written) {
    boolean handshaking = phase == Phase.HANDSHAKE;
    String message;
    if (code == SslConnection.FATAL_ALERT) {
      message = "Received fatal alert: " + Alert.text(receivedAlert());
    } else {
      message = operation + ": " + MbedTlsException.text(code);
    }
    SSLException exception =
        handshaking ? new SSLHandshakeException(message) : new SSLException(message);
    boolean alertSent = lastRecordType(written) == HandshakeTap.ALERT;
    return fail(
        code == SslConnection.FATAL_ALERT || alertSent ? null : Alert.ofError(code), exception);
  }

  private int receivedAlert() {
    return tap.inboundEncrypted()
        ? ssl.receivedAlert(Suite.explicitIv(session.getCipherSuite(), tap.protocol()))
        : tap.lastAlert();
  }

  private static int lastRecordType(byte[] records) {
    int type = -1;
    for (ByteBuffer in = ByteBuffer.wrap(records); in.hasRemaining(); ) {
      type = Wire.uint8(in);
      Wire.skip(in, 2);
      Wire.vector16(in);
    }
    return type;
  }

  /** Ends the connection with an alert, unless it is null. */
  SSLException fail(Alert alert, SSLException exception) {
    if (failure != null) {
      return exception;
    }
    failure = exception;
    failureThrown = true;
    if (alert != null && ssl != null && !outboundClosed) {
      ssl.sendFatalAlert(alert.description());
      ssl.transport().skipWritten();
    }
    session.invalidate();
    inboundClosed = true;
    outboundClosed = true;
    feeds.clear();
    if (ssl != null) {
      releaseIfDone();
    }
    return exception;
  }
}
