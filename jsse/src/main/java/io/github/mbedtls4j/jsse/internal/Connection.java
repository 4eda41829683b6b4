package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.NativeBuffer;
import io.github.mbedtls4j.nativeloader.handle.SslConnection;
import io.github.mbedtls4j.nativeloader.handle.SslState;
import io.github.mbedtls4j.nativeloader.handle.SslTransport;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLProtocolException;

/**
 * One end of a TLS connection without any input or output: records in, records out, decisions in
 * between. Engines and sockets are shells around it.
 *
 * <p>The owner holds its lock around every call, except where a method says otherwise. Mbed TLS
 * remembers neither that a connection was closed nor that it failed: this class does.
 */
final class Connection {
  private static final int ALERT_RECORD = SslTransport.HEADER + 2;

  private final ReentrantLock lock;
  private final Settings<?> settings;
  private final HandshakeTap tap = new HandshakeTap();
  private final Handshake handshake;
  private final Observer observer = new Observer();
  private final Lifecycle lifecycle;
  private final Failures failures;
  private final Deque<ByteBuffer> feeds = new ArrayDeque<>();

  private Handshake.Decision task;
  private boolean taskRunning;
  private boolean recordSeen;

  private String applicationProtocol;
  private volatile KeyingMaterial keyingMaterial;
  private volatile int maxData = Session.MAX_DATA;

  Connection(
      ReentrantLock lock,
      ContextData context,
      Settings<?> settings,
      Owner owner,
      String peerHost,
      int peerPort) {
    this.lock = lock;
    this.settings = settings;
    Session session =
        new Session(
            settings.clientMode ? context.clientSessions() : context.serverSessions(),
            peerHost,
            peerPort);
    this.handshake = new Handshake(context, settings, owner, tap, session);
    this.lifecycle = new Lifecycle(handshake);
    this.failures = new Failures(settings, tap, handshake, lifecycle, observer);
  }

  Session session() {
    return handshake.session();
  }

  /** What this connection exports; null before the end of the handshake. */
  KeyingMaterial keyingMaterial() {
    return keyingMaterial;
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
    return applicationProtocol == null ? handshake.applicationProtocol() : applicationProtocol;
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
    if (task != null) {
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
    if (isOutboundClosed() || isInboundClosed()) {
      throw new SSLException(
          "Cannot kickstart, the connection is broken or closed", failures.failure());
    }
    if (!isNew()) {
      return;
    }
    lifecycle.begin();
    try {
      SslConnection ssl = new SslConnection(handshake.sslSettings());
      lifecycle.setSsl(ssl);
      observer.begin(ssl, settings, session());
      ssl.setMaxFragmentLength(FragmentLength.code(settings.maximumPacketSize()));
      handshake.prepare(ssl);
      advance();
    } catch (Handshake.Refusal | RuntimeException e) {
      throw failures.failHandshake(e);
    }
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
    lifecycle.ssl().transport().takeRecord(target);
    observer.sent(target, start);
    if (outboundLength() == 0) {
      try {
        // Mbed TLS may have more to write that the transport had no room for.
        advance();
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
      lifecycle.ssl().transport().feed(record);
      return;
    }
    int type = record.get(record.position());
    if (!recordSeen && type != HandshakeTap.HANDSHAKE && type != HandshakeTap.ALERT) {
      throw failures.fail(
          Alert.UNEXPECTED_MESSAGE, new SSLException("Unsupported or unrecognized SSL message"));
    }
    recordSeen = true;
    if (isOutboundClosed()) {
      // We gave the handshake up: what the peer still says of it is dropped, until it ends too.
      if (type == HandshakeTap.ALERT) {
        lifecycle.receivedCloseNotify();
      }
      return;
    }
    boolean helloSeen = tap.clientHello() != null;
    boolean identitySeen = tap.pskIdentity() != null;
    try {
      boolean clear = !tap.inboundEncrypted();
      // A task may come first: by then the caller has put something else into its buffer.
      byte[] copy = Wire.bytes(record.duplicate());
      List<ByteBuffer> records = tap.inbound(ByteBuffer.wrap(copy));
      if (clear && type == HandshakeTap.ALERT && record.remaining() == ALERT_RECORD) {
        failures.receivedAlert(
            record.get(record.limit() - 2), record.get(record.limit() - 1) & 0xFF);
        return;
      }
      feeds.addAll(records);
      if (!settings.clientMode && !helloSeen && tap.clientHello() != null) {
        task = handshake.onClientHello(lifecycle.ssl());
        return;
      }
      if (!settings.clientMode && !identitySeen && tap.pskIdentity() != null) {
        task = handshake.onPskIdentity(lifecycle.ssl());
        return;
      }
      advance();
    } catch (SSLProtocolException e) {
      throw failures.fail(Alert.UNEXPECTED_MESSAGE, e);
    } catch (RuntimeException e) {
      throw failures.failHandshake(e);
    }
  }

  /** Runs steps until the peer, the transport or user code is needed, or the handshake is over. */
  private void advance() throws SSLException {
    SslConnection ssl = lifecycle.ssl();
    while (lifecycle.isHandshaking() && task == null && !isOutboundClosed()) {
      SslState state = ssl.state();
      if (state == SslState.HANDSHAKE_OVER) {
        finish();
        return;
      }
      int result = ssl.handshakeStep();
      observer.step(ssl, state, result);
      byte[] written = ssl.transport().written();
      tap.outbound(written);
      if (result == SslConnection.WANT_READ && !feeds.isEmpty()) {
        ssl.transport().feed(feeds.remove());
      } else if (result == SslConnection.WANT_READ || result == SslConnection.WANT_WRITE) {
        return;
      } else if (result != 0) {
        throw failures.failNative("handshake", result, written);
      } else {
        if (state == SslState.SERVER_HELLO) {
          ssl.transport().splitHandshake(ssl.maxFragmentLength());
        }
        task = handshake.after(state, ssl);
      }
    }
  }

  private void finish() throws SSLException {
    SslConnection ssl = lifecycle.ssl();
    try {
      handshake.finish(ssl);
    } catch (Handshake.Refusal e) {
      throw failures.failHandshake(e);
    }
    Session session = session();
    keyingMaterial =
        new KeyingMaterial(lock, ssl, tap.protocol(), session.getCipherSuite(), tap.security());
    session.addKeyingMaterial(keyingMaterial);
    observer.finished(ssl, tap, session);
    String chosen = ssl.applicationProtocol();
    applicationProtocol = chosen == null ? "" : chosen;
    limitRecords();
    lifecycle.open();
  }

  private void limitRecords() {
    int packet = settings.maximumPacketSize();
    int negotiated = lifecycle.ssl().maxFragmentLength();
    maxData = FragmentLength.maxData(packet, negotiated, expansion());
    if (packet != 0 || negotiated < Session.MAX_DATA) {
      session().limit(packet == 0 ? negotiated + Session.OVERHEAD : packet, negotiated);
    }
  }

  /** How much data {@link #write} takes at once, after the handshake. */
  int maxData() {
    return maxData;
  }

  /**
   * The decision at hand as a task, handed out once; null if there is none. It is run without the
   * lock, and once at most.
   */
  Runnable takeTask() {
    if (task == null || taskRunning) {
      return null;
    }
    taskRunning = true;
    Handshake.Decision decision = task;
    AtomicBoolean ran = new AtomicBoolean();
    return () -> {
      if (ran.compareAndSet(false, true)) {
        runTask(decision);
      }
    };
  }

  private void runTask(Handshake.Decision decision) {
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
      if (!isOutboundClosed()) {
        apply(consequence, refusal);
      }
      if (lifecycle.ssl().isClosed()) {
        // Closed while the task ran: it may have borrowed keys since.
        handshake.giveBack();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Carries a decision out; a failure is kept for the next call to throw. */
  private void apply(Runnable consequence, Throwable refusal) {
    try {
      if (refusal != null) {
        failures.failHandshake(refusal);
      } else {
        consequence.run();
        advance();
      }
    } catch (SSLException e) {
      // advance has made it the failure.
    } catch (RuntimeException e) {
      failures.failHandshake(e);
    }
    failures.setUntold();
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
    if (result == 0 || result == SslConnection.WANT_READ || result == SslConnection.WANT_WRITE) {
      return 0;
    }
    throw failures.failNative("read", result, written);
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
    int expansion = lifecycle.ssl().recordExpansion();
    return expansion < 0 ? Session.PACKET_SIZE - Session.MAX_DATA : expansion;
  }

  /** Encrypts data into one record, which then waits for {@link #takeOutbound}. */
  void write(NativeBuffer source, int length) throws SSLException {
    SslConnection ssl = lifecycle.ssl();
    int result = ssl.write(source, length);
    observer.called(ssl);
    if (result != length) {
      throw failures.failNative("write", result, ssl.transport().written());
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
