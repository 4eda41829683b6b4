package io.github.mbedtls4j.jsse;

import java.security.Provider;
import java.security.Security;
import java.util.Random;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** SSLContexts of both providers with the keys of {@link TestPki}. */
public final class Contexts {
  public static final Provider OURS = new MbedTlsJsseProvider();
  public static final Provider SUN = Security.getProvider("SunJSSE");

  private Contexts() {}

  public static SSLContext of(Provider provider, KeyManager[] keys, TrustManager[] trust)
      throws Exception {
    SSLContext context = SSLContext.getInstance("TLS", provider);
    context.init(keys, trust, null);
    return context;
  }

  /** A server's context with one identity. */
  public static SSLContext server(Provider provider, TestPki.Identity... identities)
      throws Exception {
    return of(provider, TestPki.keys(identities), TestPki.trust());
  }

  /** A client's context that trusts the test roots. */
  public static SSLContext client(Provider provider, TestPki.Identity... identities)
      throws Exception {
    return of(provider, TestPki.keys(identities), TestPki.trust());
  }

  public static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
