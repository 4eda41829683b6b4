package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.NativeBuffer;
import io.github.mbedtls4j.nativeloader.handle.SslConnection;
import io.github.mbedtls4j.nativeloader.handle.SslState;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * One end of a TLS connection without any input or output: records in, records out, decisions in
 * between. Engines and sockets are shells around it.
 *
 * <p>The owner holds its lock around every call, except where a method says otherwise. What a
 * connection consists of is made for it alone: {@link HandshakeSteps} until it is open, {@link
 * Lifecycle} and {@link Failures} for its end.
 */
final class Connection {
  private final ReentrantLock lock;
  private final ContextData context;
  private final Settings<?> settings;
  private final Owner owner;
  private final String peerHost;
  private final int peerPort;
  private final HandshakeTap tap = new HandshakeTap();
  private final Observer observer = new Observer();
  private Handshake handshake;
  private Lifecycle lifecycle;
  private Failures failures;
  private HandshakeSteps steps;

  Connection(
      ReentrantLock lock,
      ContextData context,
      Settings<?> settings,
      Owner owner,
      String peerHost,
      int peerPort) {
    this.lock = lock;
    this.context = context;
    this.settings = settings;
    this.owner = owner;
    this.peerHost = peerHost;
    this.peerPort = peerPort;
    setUp(settings);
  }

  /** Makes the parts anew, which nothing has happened to yet. */
  private void setUp(Settings<?> used) {
    SessionContext sessions = used.clientMode ? context.clientSessions() : context.serverSessions();
    Session session = new Session(sessions, peerHost, peerPort);
    handshake = new Handshake(context, used, owner, tap, session);
    lifecycle = new Lifecycle(handshake);
    failures = new Failures(used, tap, handshake, lifecycle, observer);
    steps = new HandshakeSteps(lock, used, tap, handshake, lifecycle, failures, observer);
  }

  Session session() {
    return handshake.session();
  }

  /** What this connection exports; null before the end of the handshake. */
  KeyingMaterial keyingMaterial() {
    return steps.keyingMaterial();
  }

  boolean isOpen() {
    return lifecycle.isOpen();
  }

  boolean isNew() {
    return lifecycle.isNew();
  }

  boolean isInboundClosed() {
    return lifecycle.isInboundClosed();
  }

  boolean isOutboundClosed() {
    return lifecycle.isOutboundClosed();
  }

  /** Whether the peer was told of a failure of ours. */
  boolean hasSentFatalAlert() {
    return lifecycle.hasSentFatalAlert();
  }

  /** The session being negotiated; null before the hello messages and after the handshake. */
  Session handshakeSession() {
    boolean known = tap.protocol() != null || tap.clientHello() != null;
    return isHandshaking() && known ? session() : null;
  }

  private boolean isHandshaking() {
    return lifecycle.isHandshaking() && failures.failure() == null;
  }

  /** The protocol chosen by ALPN: null if it is not yet known, empty for none. */
  String applicationProtocol() {
    return steps.applicationProtocol();
  }

  /** The protocol chosen by ALPN while the handshake goes on: null if not yet known. */
  String handshakeApplicationProtocol() {
    return isHandshaking() ? handshake.applicationProtocol() : null;
  }

  /** What the connection waits for. */
  HandshakeStatus status() {
    if (outboundLength() > 0) {
      return HandshakeStatus.NEED_WRAP;
    }
    if ((isInboundClosed() && isOutboundClosed()) || !isHandshaking()) {
      return HandshakeStatus.NOT_HANDSHAKING;
    }
    if (steps.hasTask()) {
      return HandshakeStatus.NEED_TASK;
    }
    return isInboundClosed() ? HandshakeStatus.NEED_WRAP : HandshakeStatus.NEED_UNWRAP;
  }

  /**
   * Starts the handshake unless it was started before.
   *
   * @throws SSLException if the connection is closed, failed or does not start
   */
  void begin() throws SSLException {
    if (isNew() && !isInboundClosed() && !isOutboundClosed()) {
      // The handshake goes by the settings of this moment: later ones do not change it.
      setUp(settings.copy());
    }
    steps.begin();
  }

  /**
   * The decision at hand as a task, handed out once; null if there is none. It is run without the
   * lock, and once at most.
   */
  Runnable takeTask() {
    return steps.takeTask();
  }

  /**
   * Throws the failure of a task that nobody has been told of.
   *
   * @throws SSLException once
   */
  void throwFailure() throws SSLException {
    failures.throwUntold();
  }

  /** The length of the next record for the peer; 0 if there is none. */
  int outboundLength() {
    LastWords lastWords = lifecycle.lastWords();
    if (lastWords != null) {
      return lastWords.outboundRecord();
    }
    SslConnection ssl = lifecycle.ssl();
    return ssl == null ? 0 : ssl.transport().outboundRecord();
  }

  /** Moves the next record for the peer into a buffer that has room for it. */
  void takeOutbound(ByteBuffer target) {
    int start = target.position();
    LastWords lastWords = lifecycle.lastWords();
    if (lastWords != null) {
      lastWords.takeRecord(target);
      observer.sent(target, start);
      return;
    }
    lifecycle.ssl().takeRecord(target);
    observer.sent(target, start);
    if (outboundLength() == 0) {
      try {
        // Mbed TLS may have more to write that the transport had no room for.
        steps.advance();
      } catch (SSLException e) {
        // The record is on its way: the next call throws.
        failures.setUntold();
      }
      lifecycle.releaseIfDone();
    }
  }

  /** Takes one whole record of the peer. */
  void accept(ByteBuffer record) throws SSLException {
    observer.received(record);
    if (lifecycle.isOpen()) {
      lifecycle.ssl().feed(record);
      return;
    }
    steps.accept(record);
  }

  /** Decrypts what {@link #accept} took: the count of bytes put into the buffer, 0 for none. */
  int read(NativeBuffer target) throws SSLException {
    if (!lifecycle.isOpen() || isInboundClosed()) {
      return 0;
    }
    SslConnection ssl = lifecycle.ssl();
    ssl.transport().skipWritten();
    int result = ssl.read(target);
    observer.called(ssl);
    if (result > 0) {
      return result;
    }
    byte[] written = ssl.transport().written();
    if (result == SslConnection.PEER_CLOSE_NOTIFY) {
      failures.receivedCloseNotify();
      return 0;
    }
    if (result == 0 || result == SslConnection.WANT_READ) {
      return 0;
    }
    throw failures.failNative("read", SslState.HANDSHAKE_OVER, result, written);
  }

  /** Whether {@link #read} has more without another record. */
  boolean pending() {
    return lifecycle.isOpen() && !isInboundClosed() && lifecycle.ssl().pending();
  }

  /** How many bytes of a peer's record are certainly neither header nor data. */
  int overhead() {
    return Suite.overhead(session().getCipherSuite(), tap.protocol());
  }

  /** By how many bytes at most a record is longer than its data. */
  int expansion() {
    return steps.expansion();
  }

  /** How much data {@link #write} takes at once, after the handshake. */
  int maxData() {
    return steps.maxData();
  }

  /** Encrypts data into one record, which then waits for {@link #takeOutbound}. */
  void write(NativeBuffer source, int length) throws SSLException {
    SslConnection ssl = lifecycle.ssl();
    int result = ssl.write(source, length);
    observer.called(ssl);
    if (result != length) {
      throw failures.failNative(
          "write", SslState.HANDSHAKE_OVER, result, ssl.transport().written());
    }
    ssl.transport().skipWritten();
  }

  /** Closes the sending side: a close_notify waits for the peer if a handshake was begun. */
  void closeOutbound() {
    lifecycle.closeOutbound();
  }

  /**
   * Closes the receiving side because the transport ended.
   *
   * @throws SSLException if the peer did not say that it would: data may be missing
   */
  void closeInbound() throws SSLException {
    lifecycle.closeInbound();
  }

  /** Frees everything at once: the transport is gone. */
  void abandon() {
    lifecycle.abandon();
  }

  /** Ends the connection with an alert, unless it is null. */
  SSLException fail(Alert alert, SSLException exception) {
    return failures.fail(alert, exception);
  }
}
