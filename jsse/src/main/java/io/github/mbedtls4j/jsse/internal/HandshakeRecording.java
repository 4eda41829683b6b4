package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.provider.internal.key.RunningJdk;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Tells the Flight Recorder of handshakes. Without the module jdk.jfr there is nobody to tell. */
final class HandshakeRecording {
  /** The only class that refers to {@link HandshakeEvent}, which needs the module to be linked. */
  private static final class Running {
    private final HandshakeEvent event = new HandshakeEvent();

    static Running begin() {
      Running running = new Running();
      if (!running.event.isEnabled()) {
        return null;
      }
      running.event.begin();
      return running;
    }

    void end(Session session) {
      event.peerHost = session.getPeerHost();
      event.peerPort = session.getPeerPort();
      event.protocolVersion = session.getProtocol();
      event.cipherSuite = session.getCipherSuite();
      try {
        event.certificateId = RunningJdk.certificateId(session.getPeerCertificates()[0]);
      } catch (SSLPeerUnverifiedException e) {
        event.certificateId = 0;
      }
      event.commit();
    }
  }

  private static final boolean AVAILABLE =
      ModuleLayer.boot()
          .findModule("jdk.jfr")
          .filter(HandshakeRecording.class.getModule()::canRead)
          .isPresent();

  private Running running;

  /** The handshake starts. */
  void begin() {
    if (AVAILABLE) {
      running = Running.begin();
    }
  }

  /** The handshake succeeded. */
  void end(Session session) {
    if (running != null) {
      running.end(session);
      running = null;
    }
  }
}
