package io.github.mbedtls4j.jsse.internal;

import java.security.Principal;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** The user code that a handshake asks: each method calls the engine's or the socket's variant. */
interface Owner {
  /** The alias of a client's key, or null for none. */
  String chooseClientAlias(String[] keyTypes, Principal[] issuers);

  /** The alias of a server's key of a type, or null if there is none. */
  String chooseServerAlias(String keyType);

  /** Accepts the chain of a server or throws. */
  void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException;

  /** Accepts the chain of a client or throws. */
  void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException;

  /** The selector's choice among the client's ALPN names; null to refuse all. */
  String selectProtocol(List<String> offered);
}
