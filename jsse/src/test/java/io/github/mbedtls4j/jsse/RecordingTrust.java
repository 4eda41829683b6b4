package io.github.mbedtls4j.jsse;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts everybody, or nobody, and remembers what it was asked. */
class RecordingTrust extends X509ExtendedTrustManager {
  final List<X509Certificate[]> chains = new CopyOnWriteArrayList<>();
  final List<String> authTypes = new CopyOnWriteArrayList<>();
  final List<SSLEngine> engines = new CopyOnWriteArrayList<>();
  final List<SSLSession> sessions = new CopyOnWriteArrayList<>();

  /** Thrown at every question if it is set. */
  Exception refusal;

  X509Certificate[] issuers = {};

  private void ask(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    chains.add(chain);
    authTypes.add(authType);
    engines.add(engine);
    if (engine != null) {
      sessions.add(engine.getHandshakeSession());
    }
    if (refusal instanceof CertificateException e) {
      throw e;
    }
    if (refusal instanceof RuntimeException e) {
      throw e;
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    ask(chain, authType, null);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    ask(chain, authType, null);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    ask(chain, authType, null);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    ask(chain, authType, null);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    ask(chain, authType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    ask(chain, authType, engine);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return issuers.clone();
  }
}
