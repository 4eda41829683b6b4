package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.NativeBuffer;
import io.github.mbedtls4j.nativeloader.handle.SslConnection;
import io.github.mbedtls4j.nativeloader.handle.SslState;
import io.github.mbedtls4j.nativeloader.handle.SslTransport;
import java.nio.ByteBuffer;
import java.security.SignatureException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
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

  private static final int WARNING = 1;
  private static final int FATAL = 2;
  private static final int ALERT_RECORD = SslTransport.HEADER + 2;

  private final ReentrantLock lock;
  private final Settings<?> settings;
  private final HandshakeTap tap = new HandshakeTap();
  private final Handshake handshake;
  private final Observer observer = new Observer();
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
  private boolean peerCanceled;
  private boolean fatalAlertSent;
  private boolean recordSeen;

  /** What is left to send once the native connection is gone; null as long as it is there. */
  private LastWords lastWords;

  private String applicationProtocol;
  private volatile KeyingMaterial keyingMaterial;
  private volatile int maxData = Session.MAX_DATA;
  private int expansion = Session.PACKET_SIZE - Session.MAX_DATA;

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
  }

  Session session() {
    return handshake.session();
  }

  /** What this connection exports; null before the end of the handshake. */
  KeyingMaterial keyingMaterial() {
    return keyingMaterial;
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

  /** Whether the peer was told of a failure of ours. */
  boolean hasSentFatalAlert() {
    return fatalAlertSent;
  }

  /** The session being negotiated; null before the hello messages and after the handshake. */
  Session handshakeSession() {
    boolean known = tap.protocol() != null || tap.clientHello() != null;
    return isHandshaking() && known ? session() : null;
  }

  private boolean isHandshaking() {
    return phase == Phase.HANDSHAKE && failure == null;
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
    if ((inboundClosed && outboundClosed) || !isHandshaking()) {
      return HandshakeStatus.NOT_HANDSHAKING;
    }
    if (task != null) {
      return HandshakeStatus.NEED_TASK;
    }
    return inboundClosed ? HandshakeStatus.NEED_WRAP : HandshakeStatus.NEED_UNWRAP;
  }

  /**
   * Starts the handshake unless it was started before.
   *
   * @throws SSLException if the connection is closed, failed or does not start
   */
  void begin() throws SSLException {
    if (outboundClosed || inboundClosed) {
      throw new SSLException("Cannot kickstart, the connection is broken or closed", failure);
    }
    if (phase != Phase.NEW) {
      return;
    }
    phase = Phase.HANDSHAKE;
    try {
      ssl = new SslConnection(handshake.sslSettings());
      observer.begin(ssl, settings, session());
      ssl.setMaxFragmentLength(FragmentLength.code(settings.maximumPacketSize()));
      handshake.prepare(ssl);
      advance();
    } catch (Handshake.Refusal e) {
      throw fail(e.alert(), handshakeException(e));
    } catch (RuntimeException e) {
      throw fail(Alert.INTERNAL_ERROR, handshakeException(e));
    }
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
    if (lastWords != null) {
      return lastWords.outboundRecord();
    }
    return ssl == null ? 0 : ssl.transport().outboundRecord();
  }

  /** Moves the next record for the peer into a buffer that has room for it. */
  void takeOutbound(ByteBuffer target) {
    int start = target.position();
    if (lastWords != null) {
      lastWords.takeRecord(target);
      observer.sent(target, start);
      return;
    }
    ssl.takeRecord(target);
    observer.sent(target, start);
    if (outboundLength() == 0) {
      try {
        // Mbed TLS may have more to write that the transport had no room for.
        advance();
      } catch (SSLException e) {
        // The record is on its way: the next call throws.
        failureThrown = false;
      }
      releaseIfDone();
    }
  }

  /** Takes one whole record of the peer. */
  void accept(ByteBuffer record) throws SSLException {
    observer.received(record);
    if (phase == Phase.OPEN) {
      ssl.feed(record);
      return;
    }
    int type = record.get(record.position());
    if (!recordSeen && type != HandshakeTap.HANDSHAKE && type != HandshakeTap.ALERT) {
      throw fail(
          Alert.UNEXPECTED_MESSAGE, new SSLException("Unsupported or unrecognized SSL message"));
    }
    recordSeen = true;
    if (outboundClosed) {
      acceptAfterCancel(type);
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
        receivedAlert(record.get(record.limit() - 2), record.get(record.limit() - 1) & 0xFF);
        return;
      }
      feeds.addAll(records);
      if (!settings.clientMode && !helloSeen && tap.clientHello() != null) {
        task = handshake.onClientHello(ssl);
        return;
      }
      if (!settings.clientMode && !identitySeen && tap.pskIdentity() != null) {
        task = handshake.onPskIdentity(ssl);
        return;
      }
      advance();
    } catch (SSLProtocolException e) {
      throw fail(Alert.UNEXPECTED_MESSAGE, e);
    } catch (RuntimeException e) {
      throw fail(Alert.INTERNAL_ERROR, handshakeException(e));
    }
  }

  /** We gave up the handshake; whatever the peer still says of it is dropped, until it ends too. */
  private void acceptAfterCancel(int type) {
    if (type == HandshakeTap.ALERT) {
      closeNotifyReceived = true;
      inboundClosed = true;
      releaseIfDone();
    }
  }

  private void receivedAlert(int level, int description) throws SSLException {
    Alert alert = Alert.of(description);
    if (alert == Alert.CLOSE_NOTIFY) {
      receivedCloseNotify();
    } else if (level != WARNING || alert == null) {
      throw fail(null, handshake.received(description));
    } else if (alert == Alert.USER_CANCELED) {
      peerCanceled = true;
    } else if (alert.handshakeOnly() && phase == Phase.HANDSHAKE) {
      throw fail(
          Alert.HANDSHAKE_FAILURE,
          new SSLHandshakeException("received handshake warning: " + alert.text()));
    }
  }

  private void receivedCloseNotify() throws SSLException {
    closeNotifyReceived = true;
    inboundClosed = true;
    // TLS 1.2: the answer is a close_notify of one's own (RFC 5246 section 7.2.1).
    closeOutbound(false);
    releaseIfDone();
    if (phase == Phase.HANDSHAKE && !peerCanceled) {
      throw fail(null, new SSLProtocolException("Received close_notify during handshake"));
    }
  }

  /** Runs steps until the peer, the transport or user code is needed, or the handshake is over. */
  private void advance() throws SSLException {
    while (phase == Phase.HANDSHAKE && task == null && failure == null && !outboundClosed) {
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
        ssl.feed(feeds.remove());
      } else if (result == SslConnection.WANT_READ || result == SslConnection.WANT_WRITE) {
        return;
      } else if (result != 0) {
        throw failNative("handshake", result, written);
      } else {
        if (state == SslState.SERVER_HELLO) {
          ssl.transport().splitHandshake(ssl.maxFragmentLength());
        }
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
    Session session = session();
    keyingMaterial =
        new KeyingMaterial(lock, ssl, tap.protocol(), session.getCipherSuite(), tap.security());
    session.addKeyingMaterial(keyingMaterial);
    observer.finished(ssl, tap, session);
    String chosen = ssl.applicationProtocol();
    applicationProtocol = chosen == null ? "" : chosen;
    limitRecords();
    phase = Phase.OPEN;
  }

  private void limitRecords() {
    int packet = settings.maximumPacketSize();
    int negotiated = ssl.maxFragmentLength();
    // Asked for once: there is no renegotiation that could change it.
    int known = ssl.recordExpansion();
    expansion = known < 0 ? expansion : known;
    maxData = FragmentLength.maxData(packet, negotiated, expansion);
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
      if (failure == null && !outboundClosed) {
        apply(consequence, refusal);
      }
      if (ssl.isClosed()) {
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
        fail(
            refusal instanceof Handshake.Refusal r ? r.alert() : Alert.INTERNAL_ERROR,
            handshakeException(refusal));
      } else {
        consequence.run();
        advance();
      }
    } catch (SSLException e) {
      // advance has made it the failure.
    } catch (RuntimeException e) {
      fail(Alert.INTERNAL_ERROR, handshakeException(e));
    }
    failureThrown = false;
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
    ssl.transport().skipWritten();
    int result = ssl.read(target);
    observer.called(ssl);
    if (result > 0) {
      return result;
    }
    byte[] written = ssl.transport().written();
    if (result == SslConnection.PEER_CLOSE_NOTIFY) {
      receivedCloseNotify();
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

  /** How many bytes of a peer's record are certainly neither header nor data. */
  int overhead() {
    return Suite.overhead(session().getCipherSuite(), tap.protocol());
  }

  /** By how many bytes at most a record is longer than its data. */
  int expansion() {
    return expansion;
  }

  /** Encrypts data into one record, which then waits for {@link #takeOutbound}. */
  void write(NativeBuffer source, int length) throws SSLException {
    int result = ssl.write(source, length);
    observer.called(ssl);
    if (result != length) {
      throw failNative("write", result, ssl.transport().written());
    }
    ssl.transport().skipWritten();
  }

  /** Closes the sending side: a close_notify waits for the peer if a handshake was begun. */
  void closeOutbound() {
    // RFC 5246 section 7.2.2: a close_notify alone is out of place before the handshake is over.
    closeOutbound(phase == Phase.HANDSHAKE && !peerCanceled);
  }

  private void closeOutbound(boolean cancel) {
    if (outboundClosed) {
      return;
    }
    outboundClosed = true;
    if (ssl != null) {
      if (cancel) {
        ssl.sendAlert(WARNING, Alert.USER_CANCELED.description());
      }
      // mbedtls_ssl_close_notify would say nothing before the end of the handshake.
      ssl.sendAlert(WARNING, Alert.CLOSE_NOTIFY.description());
      ssl.transport().skipWritten();
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
    inboundClosed = true;
    releaseIfDone();
    if (phase != Phase.NEW && !closeNotifyReceived) {
      throw new SSLException("closing inbound before receiving peer's close_notify");
    }
  }

  /** Frees everything at once: the transport is gone. */
  void abandon() {
    inboundClosed = true;
    outboundClosed = true;
    release();
  }

  /**
   * Frees native memory once nothing more is to be said or received. What was said may never be
   * taken: an application whose transport is gone has no reason to.
   */
  private void releaseIfDone() {
    if (inboundClosed && outboundClosed) {
      if (ssl != null && lastWords == null) {
        lastWords = LastWords.of(ssl);
      }
      release();
    }
  }

  private void release() {
    if (ssl != null) {
      ssl.close();
      handshake.giveBack();
    }
  }

  private SSLException failNative(String operation, int code, byte[] written) throws SSLException {
    if (code == SslConnection.FATAL_ALERT) {
      return fail(null, Alert.received(encryptedAlert()));
    }
    if (code == SslConnection.PEER_CLOSE_NOTIFY) {
      receivedCloseNotify();
    }
    Alert alert = Alert.ofError(code);
    SSLException exception = alert.ofLibrary(operation, code, phase == Phase.HANDSHAKE);
    Throwable keyFailure = handshake.keyFailure();
    if (keyFailure != null) {
      if (settings.clientMode && keyFailure instanceof SignatureException) {
        alert = Alert.HANDSHAKE_FAILURE; // as SunJSSE
      }
      exception = new SSLHandshakeException("The private key failed: " + keyFailure.getMessage());
      exception.initCause(keyFailure);
    }
    boolean told = lastRecordType(written) == HandshakeTap.ALERT;
    fatalAlertSent |= told;
    return fail(told ? null : alert, exception);
  }

  private int encryptedAlert() {
    return ssl.receivedAlert(Suite.explicitIv(session().getCipherSuite(), tap.protocol()));
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
    observer.failed(alert, exception);
    if (alert != null && ssl != null && !outboundClosed) {
      ssl.sendAlert(FATAL, alert.description());
      ssl.transport().skipWritten();
      fatalAlertSent = true;
    }
    handshake.invalidateSession();
    inboundClosed = true;
    outboundClosed = true;
    feeds.clear();
    releaseIfDone();
    return exception;
  }
}
