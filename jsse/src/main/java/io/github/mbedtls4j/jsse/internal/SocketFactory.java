package io.github.mbedtls4j.jsse.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Client sockets, and layered sockets of either side. */
final class SocketFactory extends SSLSocketFactory {
  private final ContextData context;

  SocketFactory(ContextData context) {
    this.context = context;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return Suite.names(Suite.defaults(true));
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return Suite.supportedNames();
  }

  private TlsSocket client(Socket plain, String host, boolean autoClose) {
    return new TlsSocket(context, TlsSocket.clientSettings(context), plain, host, null, autoClose);
  }

  private static Socket requireConnected(Socket socket) throws SocketException {
    if (socket == null) {
      throw new NullPointerException("the underlying socket is null");
    }
    if (socket.isClosed()) {
      throw new SocketException("Socket is closed");
    }
    if (!socket.isConnected()) {
      throw new SocketException("Underlying socket is not connected");
    }
    return socket;
  }

  @Override
  public Socket createSocket() {
    return client(new Socket(), null, true);
  }

  @Override
  public Socket createSocket(Socket plain, String host, int port, boolean autoClose)
      throws IOException {
    return client(requireConnected(plain), host, autoClose);
  }

  @Override
  public Socket createSocket(Socket plain, InputStream consumed, boolean autoClose)
      throws IOException {
    return new TlsSocket(
        context,
        new Settings<SSLSocket>(false, context.protocols(false)),
        requireConnected(plain),
        null,
        consumed,
        autoClose);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connect(client(new Socket(), host, true), new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connect(
        client(new Socket(), host, true),
        new InetSocketAddress(host, port),
        new InetSocketAddress(localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress address, int port) throws IOException {
    return connect(client(new Socket(), null, true), new InetSocketAddress(address, port), null);
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return connect(
        client(new Socket(), null, true),
        new InetSocketAddress(address, port),
        new InetSocketAddress(localAddress, localPort));
  }

  private static Socket connect(TlsSocket socket, InetSocketAddress remote, InetSocketAddress local)
      throws IOException {
    try {
      if (local != null) {
        socket.bind(local);
      }
      socket.connect(remote, 0);
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }
}
