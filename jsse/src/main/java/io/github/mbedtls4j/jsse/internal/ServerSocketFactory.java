package io.github.mbedtls4j.jsse.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import javax.net.ssl.SSLServerSocketFactory;

/** Server sockets. */
final class ServerSocketFactory extends SSLServerSocketFactory {
  private static final int DEFAULT_BACKLOG = 50;

  private final ContextData context;

  ServerSocketFactory(ContextData context) {
    this.context = context;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return Suite.names(Suite.defaults(false));
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return Suite.supportedNames();
  }

  @Override
  public ServerSocket createServerSocket() throws IOException {
    return new TlsServerSocket(context);
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    return createServerSocket(port, DEFAULT_BACKLOG, null);
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog) throws IOException {
    return createServerSocket(port, backlog, null);
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
      throws IOException {
    ServerSocket socket = createServerSocket();
    try {
      socket.bind(new InetSocketAddress(address, port), backlog);
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }
}
