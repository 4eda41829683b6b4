package io.github.mbedtls4j.jsse.internal;

import java.security.AlgorithmConstraints;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;

/**
 * What an application configures on an engine or socket.
 *
 * @param <T> SSLEngine or SSLSocket
 */
final class Settings<T> {
  boolean clientMode;
  List<Protocol> protocols;
  List<Suite> suites;
  boolean wantClientAuth;
  boolean needClientAuth;
  boolean enableSessionCreation = true;
  BiFunction<T, List<String>, String> protocolSelector;

  private String endpointIdentificationAlgorithm;
  private AlgorithmConstraints algorithmConstraints;
  private List<SNIServerName> serverNames;
  private Collection<SNIMatcher> sniMatchers;
  private String[] applicationProtocols = new String[0];
  private boolean useCipherSuitesOrder = true;
  private int maximumPacketSize;
  private String[] namedGroups;
  private String[] signatureSchemes;

  /** Only DTLS knows what it means. */
  private boolean enableRetransmissions;

  Settings(boolean clientMode, List<Protocol> protocols) {
    this.clientMode = clientMode;
    this.protocols = protocols;
    suites = Suite.defaults(clientMode);
  }

  /** The same settings, which no longer change with these. */
  Settings<T> copy() {
    Settings<T> copy = new Settings<>(clientMode, protocols);
    copy.suites = suites;
    copy.wantClientAuth = wantClientAuth;
    copy.needClientAuth = needClientAuth;
    copy.enableSessionCreation = enableSessionCreation;
    copy.protocolSelector = protocolSelector;
    copy.endpointIdentificationAlgorithm = endpointIdentificationAlgorithm;
    copy.algorithmConstraints = algorithmConstraints;
    copy.serverNames = serverNames;
    copy.sniMatchers = sniMatchers;
    copy.applicationProtocols = applicationProtocols;
    copy.useCipherSuitesOrder = useCipherSuitesOrder;
    copy.maximumPacketSize = maximumPacketSize;
    copy.namedGroups = namedGroups;
    copy.signatureSchemes = signatureSchemes;
    copy.enableRetransmissions = enableRetransmissions;
    return copy;
  }

  /** Changes the end; what the application left at its default becomes the other end's. */
  void setClientMode(boolean client, ContextData context) {
    if (client == clientMode) {
      return;
    }
    if (protocols.equals(context.protocols(clientMode))) {
      protocols = context.protocols(client);
    }
    if (suites.equals(Suite.defaults(clientMode))) {
      suites = Suite.defaults(client);
    }
    clientMode = client;
  }

  /** Null if the application has none of its own. */
  AlgorithmConstraints algorithmConstraints() {
    return algorithmConstraints;
  }

  /** The names of groups that the application or a system property named; null for the defaults. */
  List<String> namedGroups() {
    return namedGroups == null ? Defaults.namedGroups() : List.of(namedGroups);
  }

  /** The signature schemes likewise. */
  List<String> signatureSchemes() {
    return signatureSchemes == null
        ? Defaults.signatureSchemes(clientMode)
        : List.of(signatureSchemes);
  }

  /** The longest record to make; 0 if the application does not care. */
  int maximumPacketSize() {
    return maximumPacketSize;
  }

  String endpointIdentificationAlgorithm() {
    return endpointIdentificationAlgorithm;
  }

  /** Null if the application named none, so that the host's name is used. */
  List<SNIServerName> serverNames() {
    return serverNames;
  }

  /** What a client sends unless the application says otherwise. */
  void setDefaultServerName(SNIServerName name) {
    serverNames = name == null ? null : List.of(name);
  }

  /** Whether a server prefers its own order of suites to the client's. */
  boolean useCipherSuitesOrder() {
    return useCipherSuitesOrder;
  }

  /** Null if every name is welcome. */
  Collection<SNIMatcher> sniMatchers() {
    return sniMatchers;
  }

  List<String> applicationProtocols() {
    return List.of(applicationProtocols);
  }

  boolean requestClientCertificate() {
    return !clientMode && (wantClientAuth || needClientAuth);
  }

  void setNeedClientAuth(boolean need) {
    needClientAuth = need;
    wantClientAuth = false;
  }

  void setWantClientAuth(boolean want) {
    wantClientAuth = want;
    needClientAuth = false;
  }

  SSLParameters toParameters() {
    SSLParameters parameters = new SSLParameters(Suite.names(suites), Protocol.names(protocols));
    if (needClientAuth) {
      parameters.setNeedClientAuth(true);
    } else {
      parameters.setWantClientAuth(wantClientAuth);
    }
    parameters.setEndpointIdentificationAlgorithm(endpointIdentificationAlgorithm);
    parameters.setAlgorithmConstraints(algorithmConstraints);
    if (serverNames != null) {
      parameters.setServerNames(serverNames);
    }
    if (sniMatchers != null) {
      parameters.setSNIMatchers(sniMatchers);
    }
    parameters.setApplicationProtocols(applicationProtocols);
    parameters.setUseCipherSuitesOrder(useCipherSuitesOrder);
    parameters.setMaximumPacketSize(maximumPacketSize);
    parameters.setEnableRetransmissions(enableRetransmissions);
    NewParameters.setNamedGroups(parameters, namedGroups);
    NewParameters.setSignatureSchemes(parameters, signatureSchemes);
    return parameters;
  }

  void apply(SSLParameters parameters) {
    List<Protocol> newProtocols =
        isUnchanged(parameters.getProtocols(), protocols)
            ? protocols
            : Protocol.of(parameters.getProtocols());
    if (!isUnchanged(parameters.getCipherSuites(), suites)) {
      suites = Suite.of(parameters.getCipherSuites());
    }
    protocols = newProtocols;
    if (parameters.getNeedClientAuth()) {
      setNeedClientAuth(true);
    } else {
      setWantClientAuth(parameters.getWantClientAuth());
    }
    // As in SunJSSE, a null here leaves the old value.
    if (parameters.getEndpointIdentificationAlgorithm() != null) {
      endpointIdentificationAlgorithm = parameters.getEndpointIdentificationAlgorithm();
    }
    if (parameters.getAlgorithmConstraints() != null) {
      algorithmConstraints = parameters.getAlgorithmConstraints();
    }
    if (parameters.getServerNames() != null) {
      serverNames = parameters.getServerNames();
    }
    if (parameters.getSNIMatchers() != null) {
      sniMatchers = parameters.getSNIMatchers();
    }
    if (parameters.getApplicationProtocols() != null) {
      applicationProtocols = parameters.getApplicationProtocols();
    }
    useCipherSuitesOrder = parameters.getUseCipherSuitesOrder();
    maximumPacketSize = parameters.getMaximumPacketSize();
    enableRetransmissions = parameters.getEnableRetransmissions();
    if (NewParameters.namedGroups(parameters) != null) {
      namedGroups = NewParameters.namedGroups(parameters);
    }
    if (NewParameters.signatureSchemes(parameters) != null) {
      signatureSchemes = NewParameters.signatureSchemes(parameters);
    }
  }

  /** Nothing is named, or nothing where nothing is enabled since all of it is disabled. */
  private static boolean isUnchanged(String[] names, List<?> enabled) {
    return names == null || (names.length == 0 && enabled.isEmpty());
  }
}
