package io.github.mbedtls4j.jsse;

import java.io.IOException;
import java.net.InetAddress;
import java.security.Provider;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A client's and a server's socket, joined over loopback. No read of theirs waits for ever. */
final class TlsPair implements AutoCloseable {
  /** For machines that are busy: nothing waits so long for something that does not come. */
  static final int SO_TIMEOUT = 50_000;

  final SSLSocket client;
  final SSLSocket server;

  private TlsPair(SSLSocket client, SSLSocket server) {
    this.client = client;
    this.server = server;
  }

  /** A server socket on a free port of loopback. */
  static SSLServerSocket listen(SSLContext context) throws IOException {
    SSLServerSocket listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 250, InetAddress.getLoopbackAddress());
    listener.setSoTimeout(SO_TIMEOUT);
    return listener;
  }

  /** A client of a server that listens on loopback. */
  static SSLSocket dial(SSLContext context, int port) throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
    socket.setSoTimeout(SO_TIMEOUT);
    return socket;
  }

  static SSLSocket accept(SSLServerSocket listener) throws IOException {
    SSLSocket socket = (SSLSocket) listener.accept();
    socket.setSoTimeout(SO_TIMEOUT);
    return socket;
  }

  /** Two sockets before their handshake. */
  static TlsPair connect(SSLContext client, SSLContext server) throws IOException {
    try (SSLServerSocket listener = listen(server)) {
      return between(client, listener);
    }
  }

  /** A new client and the socket that the listener makes for it. */
  static TlsPair between(SSLContext client, SSLServerSocket listener) throws IOException {
    SSLSocket near = dial(client, listener.getLocalPort());
    return new TlsPair(near, accept(listener));
  }

  /** Two sockets after their handshake in TLS 1.2. */
  static TlsPair handshaken(Provider client, Provider server) throws Exception {
    TlsPair pair =
        connect(Contexts.client(client), Contexts.server(server, TestPki.server(TestPki.Kind.EC)));
    pair.handshake();
    return pair;
  }

  void handshake() throws Exception {
    client.setEnabledProtocols(new String[] {"TLSv1.2"});
    CompletableFuture<Void> far = Background.run(server::startHandshake);
    client.startHandshake();
    Background.await(far);
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
  }
}
