package io.github.mbedtls4j.wycheproof;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.List;
import java.util.ServiceLoader;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;

/** The only place that asks the JCA for an implementation, so nothing else names a provider. */
final class Jca {

  /** The provider name that means "as an application gets it": no provider argument at all. */
  static final String JDK = "JDK";

  private final List<Provider> providers;

  private Jca(List<Provider> providers) {
    this.providers = providers;
  }

  static Jca of(List<String> names) {
    if (names.contains(JDK) && names.size() > 1) {
      throw new IllegalArgumentException(JDK + " stands alone: it means no provider argument");
    }
    return new Jca(names.contains(JDK) ? List.of() : names.stream().map(Jca::resolve).toList());
  }

  /** Whether there is a service of the form {@code type.name}. */
  boolean offers(String service) {
    int dot = service.indexOf('.');
    List<Provider> asked = providers.isEmpty() ? List.of(Security.getProviders()) : providers;
    return asked.stream()
        .anyMatch(p -> p.getService(service.substring(0, dot), service.substring(dot + 1)) != null);
  }

  Cipher cipher(String transformation) throws GeneralSecurityException {
    return find(transformation, Cipher::getInstance, Cipher::getInstance);
  }

  Mac mac(String algorithm) throws GeneralSecurityException {
    return find(algorithm, Mac::getInstance, Mac::getInstance);
  }

  Signature signature(String algorithm) throws GeneralSecurityException {
    return find(algorithm, Signature::getInstance, Signature::getInstance);
  }

  KeyAgreement keyAgreement(String algorithm) throws GeneralSecurityException {
    return find(algorithm, KeyAgreement::getInstance, KeyAgreement::getInstance);
  }

  KeyFactory keyFactory(String algorithm) throws GeneralSecurityException {
    return find(algorithm, KeyFactory::getInstance, KeyFactory::getInstance);
  }

  SecretKeyFactory secretKeyFactory(String algorithm) throws GeneralSecurityException {
    return find(algorithm, SecretKeyFactory::getInstance, SecretKeyFactory::getInstance);
  }

  AlgorithmParameters parameters(String algorithm) throws GeneralSecurityException {
    return find(algorithm, AlgorithmParameters::getInstance, AlgorithmParameters::getInstance);
  }

  @Override
  public String toString() {
    return providers.isEmpty() ? JDK : providers.toString();
  }

  private <T> T find(String algorithm, Installed<T> installed, From<T> from)
      throws GeneralSecurityException {
    if (providers.isEmpty()) {
      return installed.get(algorithm);
    }
    NoSuchAlgorithmException missing = new NoSuchAlgorithmException(algorithm + " not in " + this);
    for (Provider provider : providers) {
      try {
        return from.get(algorithm, provider);
      } catch (NoSuchAlgorithmException e) {
        missing.addSuppressed(e);
      }
    }
    throw missing;
  }

  /** An installed provider, else one on the class path: the tests need no java.security entry. */
  private static Provider resolve(String name) {
    Provider installed = Security.getProvider(name);
    if (installed != null) {
      return installed;
    }
    for (Provider provider : ServiceLoader.load(Provider.class)) {
      if (provider.getName().equals(name)) {
        return provider;
      }
    }
    throw new IllegalArgumentException("no provider " + name + ", installed or on the class path");
  }

  private interface Installed<T> {
    T get(String algorithm) throws GeneralSecurityException;
  }

  private interface From<T> {
    T get(String algorithm, Provider provider) throws GeneralSecurityException;
  }
}
