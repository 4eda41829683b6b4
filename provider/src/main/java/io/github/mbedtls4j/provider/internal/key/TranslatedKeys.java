package io.github.mbedtls4j.provider.internal.key;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.security.Key;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Remembers what foreign keys were translated to, by the identity of their objects and as long as
 * those live: to check and to blind an RSA key costs as much as to sign with it.
 *
 * @param <K> our key, which must not refer to the foreign one
 */
final class TranslatedKeys<K> {
  /** Two are equal if they are of one object; a cleared one is only equal to itself. */
  private static final class Identity extends WeakReference<Key> {
    private final int hash;

    Identity(Key key, ReferenceQueue<Key> queue) {
      super(key, queue);
      hash = System.identityHashCode(key);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      if (this == other) {
        return true;
      }
      Key key = get();
      return key != null && other instanceof Identity identity && identity.refersTo(key);
    }
  }

  private final ConcurrentMap<Identity, K> translated = new ConcurrentHashMap<>();
  private final ReferenceQueue<Key> collected = new ReferenceQueue<>();

  /** What a key was translated to; null if it was not. */
  K get(Key key) {
    return translated.get(new Identity(key, null));
  }

  void put(Key key, K ours) {
    for (Reference<?> dead = collected.poll(); dead != null; dead = collected.poll()) {
      translated.remove(dead);
    }
    translated.put(new Identity(key, collected), ours);
  }

  void remove(Key key) {
    translated.remove(new Identity(key, null));
  }
}
