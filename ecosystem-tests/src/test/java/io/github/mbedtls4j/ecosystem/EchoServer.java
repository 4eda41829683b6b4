package io.github.mbedtls4j.ecosystem;

import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * A server on a free port of loopback. It answers a POST with what it was sent, and a GET with the
 * protocol that it spoke and the name of the client. It asks for a client's certificate without
 * insisting on it.
 */
interface EchoServer extends AutoCloseable {
  /** The longest body that it takes. */
  int MAX_BODY = 8 << 20;

  /** Where it listens. */
  int port();

  /** What went wrong in it. */
  default List<Throwable> failures() {
    return List.of();
  }

  @Override
  void close();

  /** What a GET is answered with. */
  static String describe(String protocol, Supplier<SSLSession> session) {
    try {
      return protocol + " " + session.get().getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException e) {
      return protocol + " -";
    }
  }
}
