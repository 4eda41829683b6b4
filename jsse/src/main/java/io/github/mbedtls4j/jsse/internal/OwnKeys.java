package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.MbedTlsException;
import io.github.mbedtls4j.nativeloader.handle.PkContext;
import io.github.mbedtls4j.nativeloader.handle.Pool;
import io.github.mbedtls4j.nativeloader.handle.X509Chain;
import io.github.mbedtls4j.provider.KeyPairs;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parsed certificate chains and private keys. A native key serves one handshake at a time, since a
 * private operation locks and changes it: each has a pool of copies.
 */
final class OwnKeys {
  /** A chain with its key, lent to one handshake; the pool is null for a key of a token. */
  record Own(X509Chain chain, PkContext key, Pool<Own> pool) {
    void giveBack() {
      if (pool == null || !pool.give(this)) {
        close();
      }
    }

    void close() {
      key.close();
      chain.close();
    }
  }

  private record Id(PrivateKey key, List<X509Certificate> chain) {}

  /** A server with more keys than this parses them again now and then. */
  private static final int MAX_POOLS = 256;

  private final Map<Id, Pool<Own>> pools =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Id, Pool<Own>> eldest) {
          return size() > MAX_POOLS;
        }
      };

  /**
   * Borrows a native copy of a key and its chain. A key without an encoding gets a native stand-in
   * for each handshake: its provider does the work.
   *
   * @throws InvalidKeyException if Mbed TLS does not take the key
   */
  Own borrow(PrivateKey key, X509Certificate[] chain) throws InvalidKeyException {
    byte[] pkcs8 = encoding(key);
    try {
      if (pkcs8 == null) {
        return token(key, chain);
      }
      return pool(key, pkcs8, List.of(chain)).take();
    } catch (MbedTlsException e) {
      throw new InvalidKeyException(
          "Mbed TLS does not take this " + key.getAlgorithm() + " key or its certificate", e);
    }
  }

  /** In PKCS#8; null if the key does not give it away. */
  private static byte[] encoding(PrivateKey key) {
    if (!"PKCS#8".equals(key.getFormat())) {
      return null;
    }
    try {
      return key.getEncoded();
    } catch (RuntimeException e) {
      // So some tokens say that it stays inside.
      return null;
    }
  }

  private Pool<Own> pool(PrivateKey key, byte[] pkcs8, List<X509Certificate> chain)
      throws InvalidKeyException {
    Id id = new Id(key, chain);
    synchronized (pools) {
      Pool<Own> known = pools.get(id);
      if (known != null) {
        return known;
      }
    }
    Maker maker = new Maker(encoded(chain), pkcs8);
    maker.pool = new Pool<>(maker::make);
    // The library's opinion of the key comes first: it says what is wrong with it.
    Own first = maker.make();
    if (!KeyPairs.matches(chain.get(0).getPublicKey(), key)) {
      first.close();
      throw new InvalidKeyException("the certificate is not that of the private key beside it");
    }
    first.giveBack();
    synchronized (pools) {
      return pools.computeIfAbsent(id, k -> maker.pool);
    }
  }

  private static Own token(PrivateKey key, X509Certificate[] chain) throws InvalidKeyException {
    PkContext standIn = TokenKey.context(key, chain[0].getPublicKey());
    try {
      return new Own(X509Chain.of(encoded(List.of(chain))), standIn, null);
    } catch (InvalidKeyException | MbedTlsException e) {
      standIn.close();
      throw e;
    }
  }

  private static List<byte[]> encoded(List<X509Certificate> chain) throws InvalidKeyException {
    List<byte[]> ders = new ArrayList<>();
    for (X509Certificate certificate : chain) {
      try {
        ders.add(certificate.getEncoded());
      } catch (CertificateEncodingException e) {
        throw new InvalidKeyException("a certificate of the key has no encoding", e);
      }
    }
    return ders;
  }

  private static final class Maker {
    private final List<byte[]> chain;
    private final byte[] pkcs8;
    private Pool<Own> pool;

    Maker(List<byte[]> chain, byte[] pkcs8) {
      this.chain = chain;
      this.pkcs8 = pkcs8;
    }

    Own make() {
      X509Chain parsed = X509Chain.of(chain);
      try {
        return new Own(parsed, new PkContext(pkcs8), pool);
      } catch (MbedTlsException e) {
        parsed.close();
        throw e;
      }
    }
  }
}
