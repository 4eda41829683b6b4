package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.jsse.PskCredential;
import io.github.mbedtls4j.jsse.PskIdentity;
import io.github.mbedtls4j.jsse.PskKeyManager;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.ExtendedSSLSession;

/** Keys that were known when the context was made. */
public final class FixedPskKeyManager implements PskKeyManager {
  private final PskCredential first;
  private final Map<PskIdentity, PskCredential> all = new HashMap<>();
  private final boolean conceals;

  /** A manager of one credential at least. */
  public FixedPskKeyManager(List<PskCredential> credentials, boolean conceals) {
    if (credentials.isEmpty()) {
      throw new IllegalArgumentException("no pre-shared keys");
    }
    first = credentials.get(0);
    for (PskCredential credential : credentials) {
      if (all.put(credential.identity(), credential) != null) {
        throw new IllegalArgumentException("two keys for " + credential.identity());
      }
    }
    this.conceals = conceals;
  }

  @Override
  public PskCredential chooseClientCredential(PskIdentity hint, ExtendedSSLSession session) {
    return first;
  }

  @Override
  public SecretKey getServerKey(PskIdentity identity, ExtendedSSLSession session) {
    PskCredential credential = all.get(identity);
    if (credential == null) {
      return null;
    }
    byte[] key = credential.key();
    try {
      return new SecretKeySpec(key, "PSK");
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public boolean concealsUnknownIdentities() {
    return conceals;
  }
}
