package io.github.mbedtls4j.ecosystem;

import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.alpn.java.server.JDK9ServerALPNProcessor;

/**
 * Jetty uses the JDK's interface to ALPN with engines of the JDK alone. This service extends that
 * to ours; an application that serves HTTP/2 by Jetty needs the same.
 */
public final class JettyAlpn extends JDK9ServerALPNProcessor {
  @Override
  public boolean appliesTo(SSLEngine engine) {
    return engine.getClass().getName().startsWith("io.github.mbedtls4j.jsse.");
  }
}
