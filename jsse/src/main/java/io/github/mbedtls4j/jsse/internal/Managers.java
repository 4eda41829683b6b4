package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.jsse.PskKeyManager;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;

/** Makes extended managers of plain ones, as SunJSSE does. */
final class Managers {
  private Managers() {}

  /** The first X.509 key manager; one without keys if there is none. */
  static X509ExtendedKeyManager key(KeyManager[] managers) {
    if (managers != null) {
      for (KeyManager manager : managers) {
        if (manager instanceof X509ExtendedKeyManager extended) {
          return extended;
        }
        if (manager instanceof X509KeyManager plain) {
          return new PlainKeyManager(plain);
        }
      }
    }
    return new PlainKeyManager(null);
  }

  /** The first manager of pre-shared keys; null if there is none. */
  static PskKeyManager psk(KeyManager[] managers) {
    if (managers != null) {
      for (KeyManager manager : managers) {
        if (manager instanceof PskKeyManager psk) {
          return psk;
        }
      }
    }
    return null;
  }

  /**
   * The first X.509 trust manager; the JVM's default if the array is null, and one that trusts
   * nobody if it has none.
   */
  static X509ExtendedTrustManager trust(TrustManager[] managers) throws KeyManagementException {
    TrustManager[] all = managers;
    if (all == null) {
      try {
        TrustManagerFactory factory =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        all = factory.getTrustManagers();
      } catch (NoSuchAlgorithmException | KeyStoreException e) {
        throw new KeyManagementException("no default trust manager", e);
      }
    }
    for (TrustManager manager : all) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
      if (manager instanceof X509TrustManager plain) {
        return new PlainTrustManager(plain);
      }
    }
    return new PlainTrustManager(null);
  }

  private static final class PlainKeyManager extends X509ExtendedKeyManager {
    private final X509KeyManager plain;

    PlainKeyManager(X509KeyManager plain) {
      this.plain = plain;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
      return plain == null ? null : plain.getClientAliases(keyType, issuers);
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
      return plain == null ? null : plain.chooseClientAlias(keyTypes, issuers, socket);
    }

    @Override
    public String chooseEngineClientAlias(
        String[] keyTypes, Principal[] issuers, SSLEngine engine) {
      return chooseClientAlias(keyTypes, issuers, null);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
      return plain == null ? null : plain.getServerAliases(keyType, issuers);
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
      return plain == null ? null : plain.chooseServerAlias(keyType, issuers, socket);
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
      return chooseServerAlias(keyType, issuers, null);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return plain == null ? null : plain.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return plain == null ? null : plain.getPrivateKey(alias);
    }
  }

  /** Adds the checks of host name and algorithms that a plain trust manager cannot make. */
  private static final class PlainTrustManager extends X509ExtendedTrustManager {
    private final X509TrustManager plain;

    PlainTrustManager(X509TrustManager plain) {
      this.plain = plain;
    }

    private X509TrustManager plain() throws CertificateException {
      if (plain == null) {
        throw new CertificateException("No X509TrustManager implementation available");
      }
      return plain;
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return plain == null ? new X509Certificate[0] : plain.getAcceptedIssuers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      plain().checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      plain().checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      checkClientTrusted(chain, authType);
      check(chain, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      checkServerTrusted(chain, authType);
      check(chain, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      checkClientTrusted(chain, authType);
      check(chain, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      checkServerTrusted(chain, authType);
      check(chain, engine);
    }

    private void check(X509Certificate[] chain, SSLEngine engine) throws CertificateException {
      check(chain, engine.getSSLParameters(), engine.getHandshakeSession());
    }

    private void check(X509Certificate[] chain, Socket socket) throws CertificateException {
      SSLSocket ssl = (SSLSocket) socket;
      check(chain, ssl.getSSLParameters(), ssl.getHandshakeSession());
    }

    private void check(X509Certificate[] chain, SSLParameters parameters, SSLSession session)
        throws CertificateException {
      String algorithm = parameters.getEndpointIdentificationAlgorithm();
      if (algorithm != null && !algorithm.isEmpty()) {
        HostNameChecker.check(algorithm, session.getPeerHost(), chain[0]);
      }
      ChainConstraints.check(
          chain,
          getAcceptedIssuers(),
          parameters.getAlgorithmConstraints(),
          ((ExtendedSSLSession) session).getLocalSupportedSignatureAlgorithms());
    }
  }
}
