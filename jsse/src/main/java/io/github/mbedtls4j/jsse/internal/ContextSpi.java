package io.github.mbedtls4j.jsse.internal;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.LongSupplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** An SSLContext over Mbed TLS. Its randomness is Mbed TLS's own, whatever init is given. */
public class ContextSpi extends SSLContextSpi {
  private final List<Protocol> clientProtocols;
  private final List<Protocol> serverProtocols;

  /** There before {@link #engineInit}, as SunJSSE's, so that an application can set them up. */
  private volatile SessionContext clientSessions;

  private volatile SessionContext serverSessions;
  private volatile ContextData data;

  /**
   * A context whose clients and servers enable some protocols by default, the disabled ones not.
   */
  public ContextSpi(List<Protocol> client, List<Protocol> server) {
    this(client, server, System::currentTimeMillis);
  }

  /** A context whose sessions age by another clock, in milliseconds. */
  ContextSpi(List<Protocol> client, List<Protocol> server, LongSupplier clock) {
    clientSessions = new SessionContext(true, clock);
    serverSessions = new SessionContext(false, clock);
    clientProtocols = Protocol.permitted(client);
    serverProtocols = Protocol.permitted(server);
  }

  @Override
  protected void engineInit(KeyManager[] km, TrustManager[] tm, SecureRandom random)
      throws KeyManagementException {
    if (data != null) {
      // The peers of the old sessions were accepted by other managers.
      clientSessions = clientSessions.empty();
      serverSessions = serverSessions.empty();
    }
    data =
        new ContextData(
            Managers.key(km),
            Managers.psk(km),
            Managers.trust(tm),
            clientProtocols,
            serverProtocols,
            clientSessions,
            serverSessions);
  }

  private ContextData data() {
    ContextData initialised = data;
    if (initialised == null) {
      throw new IllegalStateException("SSLContext is not initialized");
    }
    return initialised;
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    return new Engine(data(), null, -1);
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    return new Engine(data(), host, port);
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    return new SocketFactory(data());
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    return new ServerSocketFactory(data());
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return serverSessions;
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return clientSessions;
  }

  @Override
  protected SSLParameters engineGetDefaultSSLParameters() {
    return new Settings<>(true, clientProtocols).toParameters();
  }

  @Override
  protected SSLParameters engineGetSupportedSSLParameters() {
    return new SSLParameters(Suite.supportedNames(), Protocol.supportedNames());
  }
}
