package io.github.mbedtls4j.jsse.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * The exporters of the connections that share a session, of which a session can offer one only.
 * Guarded by its own lock.
 */
final class SessionKeyingMaterial {
  private final List<KeyingMaterial> materials = new ArrayList<>();

  /** A connection's, when its handshake is over. */
  synchronized void add(KeyingMaterial material) {
    removeClosed();
    materials.add(material);
  }

  /**
   * That of the one connection; null before there is one.
   *
   * @throws IllegalStateException if there are several
   */
  synchronized KeyingMaterial only() {
    if (materials.size() > 1) {
      removeClosed();
    }
    if (materials.size() > 1) {
      throw new IllegalStateException(
          "several connections share this session: ask the engine or socket");
    }
    return materials.isEmpty() ? null : materials.get(0);
  }

  private void removeClosed() {
    materials.removeIf(old -> !old.isAlive());
  }
}
