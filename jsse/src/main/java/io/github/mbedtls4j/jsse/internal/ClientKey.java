package io.github.mbedtls4j.jsse.internal;

import java.util.Locale;

/**
 * What a client finds a session by.
 *
 * @param host in lower case
 */
record ClientKey(String host, int port, SessionTerms terms) {
  /** Null if the peer is not known. */
  static ClientKey of(Session session, SessionTerms terms) {
    String host = session.getPeerHost();
    int port = session.getPeerPort();
    return host == null || port < 0
        ? null
        : new ClientKey(host.toLowerCase(Locale.ROOT), port, terms);
  }
}
