package io.github.mbedtls4j.jsse.internal;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketImpl;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A server socket whose connections inherit its configuration; they handshake on first use. */
final class TlsServerSocket extends SSLServerSocket {
  private final ContextData context;
  private final Settings<SSLSocket> settings;

  TlsServerSocket(ContextData context) throws IOException {
    this.context = context;
    settings = new Settings<>(false, context.protocols(false));
  }

  /** A socket that {@code implAccept} fills in. */
  private static final class Accepted extends Socket {
    Accepted() throws IOException {
      super((SocketImpl) null);
    }
  }

  @Override
  public Socket accept() throws IOException {
    Socket plain = new Accepted();
    implAccept(plain);
    return new TlsSocket(context, settings.copy(), plain, null, null, true);
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return Suite.names(settings.suites);
  }

  @Override
  public void setEnabledCipherSuites(String[] suites) {
    settings.suites = Suite.of(suites);
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return Suite.supportedNames();
  }

  @Override
  public String[] getSupportedProtocols() {
    return Protocol.supportedNames();
  }

  @Override
  public String[] getEnabledProtocols() {
    return Protocol.names(settings.protocols);
  }

  @Override
  public void setEnabledProtocols(String[] protocols) {
    settings.protocols = Protocol.of(protocols);
  }

  @Override
  public void setNeedClientAuth(boolean need) {
    settings.setNeedClientAuth(need);
  }

  @Override
  public boolean getNeedClientAuth() {
    return settings.needClientAuth;
  }

  @Override
  public void setWantClientAuth(boolean want) {
    settings.setWantClientAuth(want);
  }

  @Override
  public boolean getWantClientAuth() {
    return settings.wantClientAuth;
  }

  @Override
  public void setUseClientMode(boolean client) {
    settings.setClientMode(client, context);
  }

  @Override
  public boolean getUseClientMode() {
    return settings.clientMode;
  }

  @Override
  public void setEnableSessionCreation(boolean enable) {
    settings.enableSessionCreation = enable;
  }

  @Override
  public boolean getEnableSessionCreation() {
    return settings.enableSessionCreation;
  }

  @Override
  public SSLParameters getSSLParameters() {
    return settings.toParameters();
  }

  @Override
  public void setSSLParameters(SSLParameters parameters) {
    settings.apply(parameters);
  }

  @Override
  public String toString() {
    return "[SSL: " + super.toString() + "]";
  }
}
