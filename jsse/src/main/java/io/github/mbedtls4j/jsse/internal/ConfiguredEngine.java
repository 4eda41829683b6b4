package io.github.mbedtls4j.jsse.internal;

import java.security.Principal;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** What an application sets on an engine, and the managers that the engine asks. */
abstract class ConfiguredEngine extends SSLEngine {
  final ContextData context;
  final Settings<SSLEngine> settings;

  ConfiguredEngine(ContextData context, String peerHost, int peerPort) {
    super(peerHost, peerPort);
    this.context = context;
    settings = new Settings<>(false, context.protocols(false));
    settings.setDefaultServerName(ServerName.of(peerHost));
  }

  /** The managers of the context, asked on behalf of this engine. */
  final Owner owner() {
    return new EngineOwner();
  }

  @Override
  public void setHandshakeApplicationProtocolSelector(
      BiFunction<SSLEngine, List<String>, String> selector) {
    settings.protocolSelector = selector;
  }

  @Override
  public BiFunction<SSLEngine, List<String>, String> getHandshakeApplicationProtocolSelector() {
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

  private final class EngineOwner implements Owner {
    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers) {
      return context.keyManager().chooseEngineClientAlias(keyTypes, issuers, ConfiguredEngine.this);
    }

    @Override
    public String chooseServerAlias(String keyType) {
      return context.keyManager().chooseEngineServerAlias(keyType, null, ConfiguredEngine.this);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      context.trustManager().checkServerTrusted(chain, authType, ConfiguredEngine.this);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      context.trustManager().checkClientTrusted(chain, authType, ConfiguredEngine.this);
    }

    @Override
    public String selectProtocol(List<String> offered) {
      return settings.protocolSelector.apply(ConfiguredEngine.this, offered);
    }
  }
}
