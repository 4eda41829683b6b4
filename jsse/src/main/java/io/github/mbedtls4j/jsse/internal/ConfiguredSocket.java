package io.github.mbedtls4j.jsse.internal;

import java.net.Socket;
import java.security.Principal;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.BiFunction;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * What an application sets on a socket, and the managers that the socket asks. It has no lock: who
 * configures a socket does so before using it.
 */
abstract class ConfiguredSocket extends LayeredSocket {
  final ContextData context;
  final Settings<SSLSocket> settings;

  ConfiguredSocket(ContextData context, Settings<SSLSocket> settings, Socket plain) {
    super(plain);
    this.context = context;
    this.settings = settings;
  }

  /** The managers of the context, asked on behalf of this socket. */
  final Owner owner() {
    return new SocketOwner();
  }

  @Override
  public void setHandshakeApplicationProtocolSelector(
      BiFunction<SSLSocket, List<String>, String> selector) {
    settings.protocolSelector = selector;
  }

  @Override
  public BiFunction<SSLSocket, List<String>, String> getHandshakeApplicationProtocolSelector() {
    return settings.protocolSelector;
  }

  @Override
  public boolean getUseClientMode() {
    return settings.clientMode;
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return Suite.supportedNames();
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

  private final class SocketOwner implements Owner {
    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers) {
      return context.keyManager().chooseClientAlias(keyTypes, issuers, ConfiguredSocket.this);
    }

    @Override
    public String chooseServerAlias(String keyType) {
      return context.keyManager().chooseServerAlias(keyType, null, ConfiguredSocket.this);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      context.trustManager().checkServerTrusted(chain, authType, ConfiguredSocket.this);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      context.trustManager().checkClientTrusted(chain, authType, ConfiguredSocket.this);
    }

    @Override
    public String selectProtocol(List<String> offered) {
      return settings.protocolSelector.apply(ConfiguredSocket.this, offered);
    }
  }
}
