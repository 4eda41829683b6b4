package io.github.mbedtls4j.jsse.internal;

import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The private keys and chains that one handshake borrowed, for Mbed TLS to choose from. */
final class HandshakeKeys {
  /** What a client's key is filed under; a server's is under the type of key. */
  static final String CLIENT = "client";

  private final ContextData context;
  private final List<OwnKeys.Own> borrowed = new ArrayList<>();
  private final Map<String, X509Certificate[]> chains = new ConcurrentHashMap<>();
  private final Map<String, PrivateKey> privateKeys = new ConcurrentHashMap<>();

  HandshakeKeys(ContextData context) {
    this.context = context;
  }

  /**
   * Borrows the key that a key manager chose.
   *
   * @param type {@link #CLIENT} or the type of a server's key
   * @return null if the key manager has no key or no certificate under its own alias: as SunJSSE,
   *     the handshake goes on without
   */
  OwnKeys.Own borrow(String alias, String type) throws Handshake.Refusal {
    X509Certificate[] chain = context.keyManager().getCertificateChain(alias);
    PrivateKey key = context.keyManager().getPrivateKey(alias);
    if (key == null || chain == null || chain.length == 0) {
      return null;
    }
    try {
      return borrow(key, chain, type);
    } catch (InvalidKeyException e) {
      throw new Handshake.Refusal(Alert.INTERNAL_ERROR, e.getMessage(), e);
    }
  }

  /** Borrows a key that is known. */
  OwnKeys.Own borrow(PrivateKey key, X509Certificate[] chain, String type)
      throws InvalidKeyException {
    OwnKeys.Own own = context.ownKeys().borrow(key, chain);
    synchronized (borrowed) {
      borrowed.add(own);
    }
    chains.put(type, chain);
    privateKeys.put(type, key);
    return own;
  }

  /** The JCA names of the certified keys. */
  Set<String> algorithms() {
    return chains.values().stream()
        .map(chain -> chain[0].getPublicKey().getAlgorithm())
        .collect(Collectors.toSet());
  }

  /** The chain of a type; null for a null type or if there is none. */
  X509Certificate[] chain(String type) {
    return type == null ? null : chains.get(type);
  }

  /** The private key of a type; null for a null type or if there is none. */
  PrivateKey privateKey(String type) {
    return type == null ? null : privateKeys.get(type);
  }

  /** What the private key threw below the last step; null if it has done its work so far. */
  Throwable failure() {
    synchronized (borrowed) {
      return borrowed.stream()
          .map(own -> own.key().failure())
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);
    }
  }

  /** Returns native keys; they must not be in use any more. */
  void giveBack() {
    synchronized (borrowed) {
      borrowed.forEach(OwnKeys.Own::giveBack);
      borrowed.clear();
    }
  }
}
