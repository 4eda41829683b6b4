package io.github.mbedtls4j.jsse.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;

/**
 * The context that is initialised already: keys of {@code javax.net.ssl.keyStore}, the JVM's
 * default trust.
 */
public final class DefaultContextSpi extends ContextSpi {
  /** Reads the system properties. */
  public DefaultContextSpi() {
    super(Defaults.clientProtocols(), Defaults.serverProtocols());
    try {
      super.engineInit(keyManagers(), null, null);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the default SSLContext cannot be made", e);
    }
  }

  @Override
  protected void engineInit(KeyManager[] km, TrustManager[] tm, SecureRandom random)
      throws KeyManagementException {
    throw new KeyManagementException("Default SSLContext is initialized automatically");
  }

  private static KeyManager[] keyManagers() throws GeneralSecurityException, IOException {
    String file = System.getProperty("javax.net.ssl.keyStore", "");
    if (file.isEmpty()) {
      return new KeyManager[0];
    }
    String type = System.getProperty("javax.net.ssl.keyStoreType", KeyStore.getDefaultType());
    String provider = System.getProperty("javax.net.ssl.keyStoreProvider", "");
    char[] password = System.getProperty("javax.net.ssl.keyStorePassword", "").toCharArray();
    // NONE: a store that is no file, such as a token.
    try (InputStream in = file.equals("NONE") ? null : Files.newInputStream(Path.of(file))) {
      KeyStore store =
          provider.isEmpty() ? KeyStore.getInstance(type) : KeyStore.getInstance(type, provider);
      store.load(in, password.length == 0 ? null : password);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, password);
      return factory.getKeyManagers();
    } finally {
      Arrays.fill(password, '\0');
    }
  }
}
