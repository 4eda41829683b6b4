package io.github.mbedtls4j.jsse.internal;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * The twin of {@code jdk.TLSHandshake}, which only java.base can emit: the same fields, off by
 * default too, and with a duration.
 */
@Name("io.github.mbedtls4j.TLSHandshake")
@Label("TLS Handshake")
@Category({"mbedtls4j", "Security"})
@Description("Parameters used in TLS Handshake")
@Enabled(false)
@StackTrace(false)
final class HandshakeEvent extends Event {
  @Label("Peer Host")
  String peerHost;

  @Label("Peer Port")
  int peerPort;

  @Label("Protocol Version")
  String protocolVersion;

  @Label("Cipher Suite")
  String cipherSuite;

  /** As in {@code jdk.X509Certificate}; 0 without a certificate of the peer. */
  @Label("Certificate Id")
  long certificateId;
}
