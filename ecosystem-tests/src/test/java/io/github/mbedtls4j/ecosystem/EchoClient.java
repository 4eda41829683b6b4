package io.github.mbedtls4j.ecosystem;

/** A client of an {@link EchoServer}; several threads may use it at once. */
interface EchoClient extends AutoCloseable {
  /** What the server sends back. */
  byte[] post(byte[] body) throws Exception;

  /** How the server sees this client. */
  String get() throws Exception;

  /** Closes the connections that are kept alive, where the client has means to. */
  @Override
  void close();
}
