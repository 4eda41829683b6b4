package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.jsse.KeyingMaterialExporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import javax.net.ssl.HandshakeCompletedEvent;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** An SSLSocket: its life cycle; {@link SocketChannel} moves the data. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // the transport has locks of its own
final class TlsSocket extends ConfiguredSocket implements KeyingMaterialExporter {
  private final boolean autoClose;
  private final InputStream consumed;
  private final Set<HandshakeCompletedListener> listeners = new CopyOnWriteArraySet<>();
  private String host;
  private volatile SocketChannel channel;
  private volatile boolean closed;

  /** Guards the making of the channel: a close must not wait for who synchronizes on the socket. */
  private final Object channelLock = new Object();

  /**
   * A socket over another one.
   *
   * @param plain may be not connected yet
   * @param host the peer's name if it is known, for SNI and host name checks; may be null
   * @param consumed what was already read from the peer; may be null
   * @param autoClose whether closing this closes {@code plain}
   */
  TlsSocket(
      ContextData context,
      Settings<SSLSocket> settings,
      Socket plain,
      String host,
      InputStream consumed,
      boolean autoClose) {
    super(context, settings, plain);
    this.host = host;
    this.consumed = consumed;
    this.autoClose = autoClose;
  }

  /** A client's settings. */
  static Settings<SSLSocket> clientSettings(ContextData context) {
    return new Settings<>(true, context.protocols(true));
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    if (host == null && endpoint instanceof InetSocketAddress address) {
      // The name that the application gave, if it did; never a reverse look-up.
      host = address.getHostString();
    }
    plain.connect(endpoint, timeout);
  }

  private void requireConnected() throws SocketException {
    if (isClosed()) {
      throw new SocketException("Socket is closed");
    }
    if (!plain.isConnected()) {
      throw new SocketException("Socket is not connected");
    }
  }

  private SocketChannel channel() throws IOException {
    SocketChannel made = channel;
    if (made != null) {
      return made;
    }
    synchronized (channelLock) {
      if (channel == null) {
        channel = newChannel();
      }
      return channel;
    }
  }

  private SocketChannel newChannel() throws IOException {
    requireConnected();
    InputStream in = plain.getInputStream();
    return new SocketChannel(
        context,
        settings,
        owner(),
        new ChannelShell(),
        host != null || plain.getInetAddress() == null
            ? host
            : plain.getInetAddress().getHostAddress(),
        plain.getPort(),
        consumed == null ? in : new ConsumedFirst(consumed, in),
        plain.getOutputStream());
  }

  private final class ChannelShell implements SocketChannel.Shell {
    @Override
    public void handshakeCompleted(SSLSession session) {
      TlsSocket.this.handshakeCompleted(session);
    }

    @Override
    public void close() throws IOException {
      TlsSocket.this.close();
    }

    @Override
    public Socket transport() {
      return autoClose ? plain : null;
    }
  }

  private void handshakeCompleted(SSLSession session) {
    if (listeners.isEmpty()) {
      return;
    }
    HandshakeCompletedEvent event = new HandshakeCompletedEvent(this, session);
    // Who is removed from now on has seen the handshake done, and is told.
    List<HandshakeCompletedListener> told = List.copyOf(listeners);
    Runnable tell = () -> told.forEach(listener -> listener.handshakeCompleted(event));
    // A daemon only where the caller is one, and without its inheritable thread locals.
    new Thread(null, tell, "HandshakeCompletedNotify-Thread", 0, false).start();
  }

  @Override
  public void startHandshake() throws IOException {
    channel().handshake(true);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    requireConnected();
    SocketChannel current = channel();
    if (current.isInputShutdown()) {
      throw new SocketException("Socket input is already shutdown");
    }
    return new SocketStreams.Input(current);
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    requireConnected();
    SocketChannel current = channel();
    if (current.isOutputShutdown()) {
      throw new SocketException("Socket output is already shutdown");
    }
    return new SocketStreams.Output(current);
  }

  @Override
  public SSLSession getSession() {
    try {
      SocketChannel current = channel();
      current.handshake(false);
      return current.session();
    } catch (IOException e) {
      // As SunJSSE: the session of a connection that could not be made is an invalid one.
      return new Session(null, host, plain.getPort());
    }
  }

  @Override
  public SSLSession getHandshakeSession() {
    SocketChannel current = channel;
    return current == null ? null : current.handshakeSession();
  }

  @Override
  public void close() throws IOException {
    SocketChannel current;
    synchronized (channelLock) {
      // After this no channel is made any more.
      closed = true;
      current = channel;
    }
    if (current != null) {
      current.close(autoClose ? plain : null);
    } else if (autoClose) {
      plain.close();
    }
  }

  @Override
  public boolean isClosed() {
    return closed || plain.isClosed();
  }

  @Override
  public void shutdownOutput() throws IOException {
    if (isOutputShutdown()) {
      return;
    }
    requireConnected();
    channel().closeOutput();
    if (autoClose && !plain.isOutputShutdown()) {
      plain.shutdownOutput();
    }
  }

  @Override
  public boolean isOutputShutdown() {
    SocketChannel current = channel;
    return current != null && current.isOutputShutdown();
  }

  @Override
  public void shutdownInput() throws IOException {
    requireConnected();
    try {
      channel().closeInput();
    } finally {
      if (autoClose && !plain.isInputShutdown()) {
        plain.shutdownInput();
      }
    }
  }

  @Override
  public boolean isInputShutdown() {
    SocketChannel current = channel;
    return current != null && current.isInputShutdown();
  }

  @Override
  public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
    if (listener == null) {
      throw new IllegalArgumentException("listener is null");
    }
    listeners.add(listener);
  }

  @Override
  public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
    if (!listeners.remove(listener)) {
      throw new IllegalArgumentException("listener not registered");
    }
  }

  /** Of the connection as it is: this does not start the handshake. */
  @Override
  public byte[] exportKeyingMaterialData(String label, byte[] context, int length)
      throws SSLKeyException {
    SocketChannel current = channel;
    KeyingMaterial material = current == null ? null : current.keyingMaterial();
    return KeyingMaterial.export(material, Session.NO_PROTOCOL, label, context, length);
  }

  @Override
  public String getApplicationProtocol() {
    SocketChannel current = channel;
    return current == null ? null : current.applicationProtocol();
  }

  @Override
  public String getHandshakeApplicationProtocol() {
    SocketChannel current = channel;
    return current == null ? null : current.handshakeApplicationProtocol();
  }

  @Override
  public void setUseClientMode(boolean client) {
    SocketChannel current = channel;
    if (current != null && current.isStarted()) {
      throw new IllegalArgumentException("Cannot change mode after SSL traffic has started");
    }
    settings.setClientMode(client, context);
  }

  @Override
  public String toString() {
    return "MbedJSSE socket over " + plain;
  }
}
