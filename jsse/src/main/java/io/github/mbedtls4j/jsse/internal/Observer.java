package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.SslConnection;
import io.github.mbedtls4j.nativeloader.handle.SslSecrets;
import io.github.mbedtls4j.nativeloader.handle.SslState;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;

/**
 * Tells others of a connection: the debug log, the key log and the Flight Recorder. Each costs
 * nothing unless it is switched on. The connection calls it after native calls, never below one.
 */
final class Observer {
  private final DebugLog debug = DebugLog.start();
  private final String keyLog = KeyLog.file();
  private final HandshakeRecording recording = new HandshakeRecording();

  /** The handshake starts. */
  void begin(SslConnection ssl, Settings<?> settings, Session session) {
    recording.begin();
    if (debug != null) {
      debug.handshake(
          () ->
              (settings.clientMode ? "client" : "server")
                  + " handshake with "
                  + session.getPeerHost()
                  + ":"
                  + session.getPeerPort()
                  + ", "
                  + settings.protocols
                  + ", "
                  + settings.suites.stream().map(Suite::name).toList());
      if (debug.wantsLibrary()) {
        ssl.collectMessages();
      }
    }
  }

  /** A native call returned that worked in a state of the handshake. */
  void step(SslConnection ssl, SslState state, int result) {
    if (debug != null) {
      // A step that waits for the peer is no news.
      if (result == 0) {
        debug.handshake(() -> "done: " + state);
      }
      debug.library(ssl.transport().takeMessages());
    }
  }

  /** A native call returned. */
  void called(SslConnection ssl) {
    if (debug != null) {
      debug.library(ssl.transport().takeMessages());
    }
  }

  /** A record of the peer came; it begins at the buffer's position. */
  void received(ByteBuffer record) {
    if (debug != null) {
      debug.record("received", record.get(record.position()), record.remaining());
    }
  }

  /** A record for the peer was put into a buffer, where it begins at a position. */
  void sent(ByteBuffer target, int position) {
    if (debug != null) {
      debug.record("sent", target.get(position), target.position() - position);
    }
  }

  /** The handshake succeeded. */
  void finished(SslConnection ssl, HandshakeTap tap, Session session) {
    if (keyLog != null) {
      KeyLog.append(keyLog, tap.security().clientRandom(), SslSecrets.masterSecret(ssl));
    }
    recording.end(session);
    if (debug != null) {
      debug.handshake(
          () ->
              "handshake finished: "
                  + session.getProtocol()
                  + ", "
                  + session.getCipherSuite()
                  + (tap.security().extendedMasterSecret() ? ", extended master secret" : ""));
    }
  }

  /**
   * The connection failed.
   *
   * @param alert what the peer is told; null for nothing
   */
  void failed(Alert alert, SSLException failure) {
    if (debug != null) {
      debug.handshake(
          () -> "failed" + (alert == null ? "" : ", alert " + alert.text()) + ": " + failure);
    }
  }
}
