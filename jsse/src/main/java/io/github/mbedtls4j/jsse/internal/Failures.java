package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.SslConnection;
import io.github.mbedtls4j.nativeloader.handle.SslState;
import java.security.SignatureException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;

/**
 * What ends a connection against its owner's will: alerts of the peer, errors of the library,
 * refusals of user code. The first one is remembered, and kept until somebody was told of it. The
 * connection's owner holds its lock around every call.
 */
final class Failures {
  private static final int WARNING = 1;

  private final Settings<?> settings;
  private final HandshakeTap tap;
  private final Handshake handshake;
  private final Lifecycle lifecycle;
  private final Observer observer;

  private SSLException failure;
  private boolean thrown;

  Failures(
      Settings<?> settings,
      HandshakeTap tap,
      Handshake handshake,
      Lifecycle lifecycle,
      Observer observer) {
    this.settings = settings;
    this.tap = tap;
    this.handshake = handshake;
    this.lifecycle = lifecycle;
    this.observer = observer;
  }

  /** The one that ended the connection; null if none has. */
  SSLException failure() {
    return failure;
  }

  /**
   * Throws the failure of a task that nobody has been told of.
   *
   * @throws SSLException once
   */
  void throwUntold() throws SSLException {
    if (failure != null && !thrown) {
      thrown = true;
      throw failure;
    }
  }

  /** Nobody was told of the failure: the next call throws it. */
  void setUntold() {
    thrown = false;
  }

  /** An alert of the peer came in the clear. */
  void receivedAlert(int level, int description) throws SSLException {
    Alert alert = Alert.of(description);
    if (alert == Alert.CLOSE_NOTIFY) {
      receivedCloseNotify();
    } else if (level != WARNING || alert == null) {
      throw fail(null, handshake.received(description));
    } else if (alert == Alert.USER_CANCELED) {
      lifecycle.receivedUserCanceled();
    } else if (alert.handshakeOnly() && lifecycle.isHandshaking()) {
      throw fail(
          Alert.HANDSHAKE_FAILURE,
          new SSLHandshakeException("received handshake warning: " + alert.text()));
    }
  }

  /** The peer sends no more, which is a failure before the handshake is over. */
  void receivedCloseNotify() throws SSLException {
    lifecycle.receivedCloseNotify();
    if (lifecycle.isHandshaking() && !lifecycle.isPeerCanceled()) {
      throw fail(null, new SSLProtocolException("Received close_notify during handshake"));
    }
  }

  /**
   * Ends the connection after an error of the library.
   *
   * @param operation what failed
   * @param state what was due
   * @param code the library's
   * @param written the records that the library wrote meanwhile, of which the last may be an alert
   */
  SSLException failNative(String operation, SslState state, int code, byte[] written)
      throws SSLException {
    if (code == SslConnection.FATAL_ALERT) {
      return fail(null, Alert.received(encryptedAlert()));
    }
    if (code == SslConnection.PEER_CLOSE_NOTIFY) {
      receivedCloseNotify();
    }
    Alert alert = Alert.ofError(state, code);
    SSLException exception = alert.ofLibrary(operation, code, lifecycle.isHandshaking());
    Throwable keyFailure = handshake.keyFailure();
    if (keyFailure != null) {
      if (settings.clientMode && keyFailure instanceof SignatureException) {
        alert = Alert.HANDSHAKE_FAILURE; // as SunJSSE
      }
      exception = new SSLHandshakeException("The private key failed: " + keyFailure.getMessage());
      exception.initCause(keyFailure);
    }
    if (Records.lastType(written) == HandshakeTap.ALERT) {
      lifecycle.sentFatalAlert();
      return fail(null, exception);
    }
    return fail(alert, exception);
  }

  private int encryptedAlert() {
    String suite = handshake.session().getCipherSuite();
    return lifecycle.ssl().receivedAlert(Suite.explicitIv(suite, tap.protocol()));
  }

  /** Ends the handshake after a refusal, or after what must not happen. */
  SSLException failHandshake(Throwable cause) {
    SSLHandshakeException exception = new SSLHandshakeException(cause.getMessage());
    if (cause instanceof Handshake.Refusal refusal) {
      // A refusal only carries what user code threw.
      if (refusal.getCause() != null) {
        exception.initCause(refusal.getCause());
      }
      return fail(refusal.alert(), exception);
    }
    exception.initCause(cause);
    return fail(Alert.INTERNAL_ERROR, exception);
  }

  /** Ends the connection with an alert, unless it is null. */
  SSLException fail(Alert alert, SSLException exception) {
    if (failure == null) {
      failure = exception;
      thrown = true;
      observer.failed(alert, exception);
      handshake.invalidateSession();
      lifecycle.closeFatally(alert);
    }
    return exception;
  }
}
