package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.SslConnection;
import io.github.mbedtls4j.nativeloader.handle.SslState;
import io.github.mbedtls4j.nativeloader.handle.SslTransport;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLProtocolException;

/**
 * Drives a connection's handshake: runs Mbed TLS until it lacks a record, room or a decision of
 * user code, and hands such a decision out as a task. What the handshake came to is found here
 * afterwards. The connection's owner holds its lock around every call; a task takes it when user
 * code is done.
 */
final class HandshakeSteps {
  private static final int ALERT_RECORD = SslTransport.HEADER + 2;

  private final ReentrantLock lock;
  private final Settings<?> settings;
  private final HandshakeTap tap;
  private final Handshake handshake;
  private final Lifecycle lifecycle;
  private final Failures failures;
  private final Observer observer;

  /** Records of the peer that Mbed TLS has not been given yet. */
  private final Deque<ByteBuffer> feeds = new ArrayDeque<>();

  private Handshake.Decision task;
  private boolean taskRunning;
  private boolean recordSeen;

  private String applicationProtocol;
  private KeyingMaterial keyingMaterial;
  private int maxData = Session.MAX_DATA;
  private int expansion = Session.OVERHEAD;

  HandshakeSteps(
      ReentrantLock lock,
      Settings<?> settings,
      HandshakeTap tap,
      Handshake handshake,
      Lifecycle lifecycle,
      Failures failures,
      Observer observer) {
    this.lock = lock;
    this.settings = settings;
    this.tap = tap;
    this.handshake = handshake;
    this.lifecycle = lifecycle;
    this.failures = failures;
    this.observer = observer;
  }

  /**
   * Starts the handshake unless it was started before.
   *
   * @throws SSLException if the connection is closed, failed or does not start
   */
  void begin() throws SSLException {
    if (lifecycle.isOutboundClosed() || lifecycle.isInboundClosed()) {
      throw new SSLException(
          "Cannot kickstart, the connection is broken or closed", failures.failure());
    }
    if (!lifecycle.isNew()) {
      return;
    }
    lifecycle.begin();
    try {
      SslConnection ssl = new SslConnection(handshake.sslSettings());
      lifecycle.setSsl(ssl);
      observer.begin(ssl, settings, handshake.session());
      ssl.setMaxFragmentLength(FragmentLength.code(settings.maximumPacketSize()));
      handshake.prepare(ssl);
      advance();
    } catch (Handshake.Refusal | RuntimeException e) {
      throw failures.failHandshake(e);
    }
  }

  /** Takes one whole record of the peer before the end of the handshake. */
  void accept(ByteBuffer record) throws SSLException {
    int type = record.get(record.position());
    if (!recordSeen && type != HandshakeTap.HANDSHAKE && type != HandshakeTap.ALERT) {
      throw failures.fail(
          Alert.UNEXPECTED_MESSAGE, new SSLException("Unsupported or unrecognized SSL message"));
    }
    recordSeen = true;
    if (lifecycle.isOutboundClosed()) {
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
      checkChainLength();
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

  /** Before Mbed TLS parses a chain, and anybody looks for its path. */
  private void checkChainLength() throws SSLException {
    int length = tap.peerCertificates().size();
    int limit = Defaults.maxPeerChain(settings.clientMode);
    if (length > limit) {
      throw failures.fail(
          Alert.HANDSHAKE_FAILURE,
          new SSLProtocolException(
              "The certificate chain length ("
                  + length
                  + ") exceeds the maximum allowed length ("
                  + limit
                  + ")"));
    }
  }

  /** Runs steps until the peer, the transport or user code is needed, or the handshake is over. */
  void advance() throws SSLException {
    SslConnection ssl = lifecycle.ssl();
    while (lifecycle.isHandshaking() && task == null && !lifecycle.isOutboundClosed()) {
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
        throw failures.failNative("handshake", state, result, written);
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
    Session session = handshake.session();
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
    // Asked for once: there is no renegotiation that could change it.
    expansion = FragmentLength.expansion(lifecycle.ssl());
    maxData = FragmentLength.maxData(packet, negotiated, expansion);
    if (packet != 0 || negotiated < Session.MAX_DATA) {
      handshake.session().limit(packet == 0 ? negotiated + Session.OVERHEAD : packet, negotiated);
    }
  }

  /** Whether user code has to decide first. */
  boolean hasTask() {
    return task != null;
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
      if (!lifecycle.isOutboundClosed()) {
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

  /** What the connection exports; null before the end of the handshake. */
  KeyingMaterial keyingMaterial() {
    return keyingMaterial;
  }

  /** The protocol chosen by ALPN: null if it is not yet known, empty for none. */
  String applicationProtocol() {
    return applicationProtocol == null ? handshake.applicationProtocol() : applicationProtocol;
  }

  /** How much data a record takes at once, after the handshake. */
  int maxData() {
    return maxData;
  }

  /** By how many bytes at most a record is longer than its data. */
  int expansion() {
    return expansion;
  }
}
