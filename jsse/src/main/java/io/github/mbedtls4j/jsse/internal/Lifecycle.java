package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.SslConnection;
import javax.net.ssl.SSLException;

/**
 * How far a connection has come and which directions are closed, with the alerts that close them.
 * What is not to be told any more is freed. The connection's owner holds its lock around every
 * call.
 */
final class Lifecycle {
  private enum Phase {
    NEW,
    HANDSHAKE,
    OPEN
  }

  private static final int WARNING = 1;
  private static final int FATAL = 2;

  private final Handshake handshake;

  private Phase phase = Phase.NEW;
  private SslConnection ssl;
  private boolean inboundClosed;
  private boolean outboundClosed;
  private boolean closeNotifyReceived;
  private boolean peerCanceled;
  private boolean fatalAlertSent;
  private LastWords lastWords;

  /** The life of a connection whose keys go back when it ends. */
  Lifecycle(Handshake handshake) {
    this.handshake = handshake;
  }

  boolean isNew() {
    return phase == Phase.NEW;
  }

  /** Whether the handshake was begun and did not succeed so far. */
  boolean isHandshaking() {
    return phase == Phase.HANDSHAKE;
  }

  boolean isOpen() {
    return phase == Phase.OPEN;
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

  /** Whether the peer said that it gives the handshake up. */
  boolean isPeerCanceled() {
    return peerCanceled;
  }

  /** Null before the handshake; closed once nothing more is to be said or received. */
  SslConnection ssl() {
    return ssl;
  }

  /** What is left to send once the native connection is gone; null as long as it is there. */
  LastWords lastWords() {
    return lastWords;
  }

  /** The handshake begins. */
  void begin() {
    phase = Phase.HANDSHAKE;
  }

  /** The native connection is there. */
  void setSsl(SslConnection made) {
    ssl = made;
  }

  /** The handshake succeeded. */
  void open() {
    phase = Phase.OPEN;
  }

  /** The peer gives the handshake up; what it says next is close_notify. */
  void receivedUserCanceled() {
    peerCanceled = true;
  }

  /** The peer sends no more. */
  void receivedCloseNotify() {
    closeNotifyReceived = true;
    inboundClosed = true;
    // TLS 1.2: the answer is a close_notify of one's own (RFC 5246 section 7.2.1).
    closeOutbound(false);
    releaseIfDone();
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

  /** Mbed TLS itself told the peer of a failure. */
  void sentFatalAlert() {
    fatalAlertSent = true;
  }

  /** Closes both directions with an alert, unless it is null. */
  void closeFatally(Alert alert) {
    if (alert != null && ssl != null && !outboundClosed) {
      ssl.sendAlert(FATAL, alert.description());
      ssl.transport().skipWritten();
      fatalAlertSent = true;
    }
    inboundClosed = true;
    outboundClosed = true;
    releaseIfDone();
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
  void releaseIfDone() {
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
}
