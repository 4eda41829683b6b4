package io.github.mbedtls4j.jsse;

import io.github.mbedtls4j.jsse.TestPki.Identity;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** Gives out identities by alias and remembers what it was asked; by default any that fits. */
class RecordingKeys extends X509ExtendedKeyManager {
  private final Map<String, Identity> identities = new LinkedHashMap<>();
  final List<String> serverTypes = new CopyOnWriteArrayList<>();
  final List<String> clientTypes = new CopyOnWriteArrayList<>();
  Principal[] issuers;

  RecordingKeys(Identity... all) {
    for (Identity identity : all) {
      identities.put("alias" + identities.size(), identity);
    }
  }

  KeyManager[] array() {
    return new KeyManager[] {this};
  }

  private String any(List<String> keyTypes) {
    return identities.entrySet().stream()
        .filter(entry -> keyTypes.contains(entry.getValue().key.getAlgorithm()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] names, SSLEngine engine) {
    serverTypes.add(keyType);
    return any(List.of(keyType));
  }

  @Override
  public String chooseEngineClientAlias(String[] keyTypes, Principal[] names, SSLEngine engine) {
    clientTypes.addAll(Arrays.asList(keyTypes));
    issuers = names;
    return any(Arrays.asList(keyTypes));
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] names) {
    return null;
  }

  @Override
  public String chooseClientAlias(String[] keyType, Principal[] names, Socket socket) {
    return null;
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] names) {
    return null;
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] names, Socket socket) {
    return null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return identities.get(alias).chain;
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return identities.get(alias).key;
  }
}
