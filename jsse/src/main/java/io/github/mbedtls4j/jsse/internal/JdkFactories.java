package io.github.mbedtls4j.jsse.internal;

import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.UnrecoverableKeyException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;

/**
 * The JDK's factories of managers under our name: for code that asks this provider for all it
 * needs. Managers are made of keys and certificates alone, so they work with our connections as
 * they are.
 */
public final class JdkFactories {
  private static final String JDK = "SunJSSE";

  private JdkFactories() {}

  /**
   * A factory of key managers.
   *
   * @throws IllegalStateException if no other provider has one of that name
   */
  public static KeyManagerFactorySpi keys(Provider ours, String algorithm) {
    try {
      return new Keys(
          KeyManagerFactory.getInstance(algorithm, provider(ours, "KeyManagerFactory", algorithm)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A factory of trust managers.
   *
   * @throws IllegalStateException if no other provider has one of that name
   */
  public static TrustManagerFactorySpi trust(Provider ours, String algorithm) {
    try {
      return new Trust(
          TrustManagerFactory.getInstance(
              algorithm, provider(ours, "TrustManagerFactory", algorithm)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The JDK's provider, else the first other one that has the service: never ourselves. */
  private static Provider provider(Provider ours, String type, String algorithm) {
    Provider jdk = Security.getProvider(JDK);
    if (jdk != null && jdk.getService(type, algorithm) != null) {
      return jdk;
    }
    for (Provider other : Security.getProviders()) {
      if (!other.getName().equals(ours.getName()) && other.getService(type, algorithm) != null) {
        return other;
      }
    }
    throw new IllegalStateException(
        ours.getName() + " hands out the JDK's factories, and " + JDK + " is not installed");
  }

  /** Key managers of another provider. */
  public static final class Keys extends KeyManagerFactorySpi {
    private final KeyManagerFactory factory;

    Keys(KeyManagerFactory factory) {
      this.factory = factory;
    }

    @Override
    protected void engineInit(KeyStore store, char[] password)
        throws KeyStoreException, NoSuchAlgorithmException, UnrecoverableKeyException {
      factory.init(store, password);
    }

    @Override
    protected void engineInit(ManagerFactoryParameters parameters)
        throws InvalidAlgorithmParameterException {
      factory.init(parameters);
    }

    @Override
    protected KeyManager[] engineGetKeyManagers() {
      return factory.getKeyManagers();
    }
  }

  /** Trust managers of another provider. */
  public static final class Trust extends TrustManagerFactorySpi {
    private final TrustManagerFactory factory;

    Trust(TrustManagerFactory factory) {
      this.factory = factory;
    }

    @Override
    protected void engineInit(KeyStore store) throws KeyStoreException {
      factory.init(store);
    }

    @Override
    protected void engineInit(ManagerFactoryParameters parameters)
        throws InvalidAlgorithmParameterException {
      factory.init(parameters);
    }

    @Override
    protected TrustManager[] engineGetTrustManagers() {
      return factory.getTrustManagers();
    }
  }
}
