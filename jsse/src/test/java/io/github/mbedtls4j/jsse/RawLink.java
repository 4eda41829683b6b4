package io.github.mbedtls4j.jsse;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client and a server with a wire between them that a test can cut, hold and feed. */
final class RawLink implements AutoCloseable {
  private static final int HEADER = 5;

  final SSLSocket client;
  final SSLSocket server;

  /** The far ends of the client's and the server's TCP connection. */
  final Socket clientWire;

  final Socket serverWire;

  /** Records for the client that {@link #hold} kept back. */
  private final BlockingQueue<byte[]> held = new LinkedBlockingQueue<>();

  private final CompletableFuture<Void> pumps;
  private volatile boolean hold;

  /** Our client and a server of SunJSSE, before the handshake. */
  RawLink() throws Exception {
    SSLContext clients = Contexts.client(Contexts.OURS);
    SSLContext servers = Contexts.server(Contexts.SUN, TestPki.server(TestPki.Kind.EC));
    try (ServerSocket listener = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
      listener.setSoTimeout(TlsPair.SO_TIMEOUT);
      client = TlsPair.dial(clients, listener.getLocalPort());
      clientWire = listener.accept();
      Socket plain = new Socket(listener.getInetAddress(), listener.getLocalPort());
      plain.setSoTimeout(TlsPair.SO_TIMEOUT);
      serverWire = listener.accept();
      server = (SSLSocket) servers.getSocketFactory().createSocket(plain, (InputStream) null, true);
    }
    pumps =
        CompletableFuture.allOf(
            Background.run(() -> pump(clientWire, serverWire, false))
                .whenComplete((done, failure) -> shutDown(serverWire)),
            Background.run(() -> pump(serverWire, clientWire, true))
                .whenComplete((done, failure) -> shutDown(clientWire)));
  }

  private static void shutDown(Socket socket) {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      // The test closed it.
    }
  }

  private void pump(Socket from, Socket to, boolean toClient) throws IOException {
    DataInputStream in = new DataInputStream(from.getInputStream());
    OutputStream out = to.getOutputStream();
    try {
      while (true) {
        byte[] header = in.readNBytes(HEADER);
        if (header.length < HEADER) {
          return;
        }
        int length = ((header[3] & 0xFF) << 8) + (header[4] & 0xFF);
        byte[] record = Arrays.copyOf(header, HEADER + length);
        in.readFully(record, HEADER, length);
        if (toClient && hold) {
          held.add(record);
        } else {
          out.write(record);
        }
      }
    } catch (EOFException e) {
      // An end inside a record is passed on as an end.
    }
  }

  void handshake() throws Exception {
    client.setEnabledProtocols(new String[] {"TLSv1.2"});
    CompletableFuture<Void> far = Background.run(server::startHandshake);
    client.startHandshake();
    Background.await(far);
  }

  /** From now on the server's records are kept. */
  void hold() {
    hold = true;
  }

  /** The next kept record. */
  byte[] heldRecord() throws InterruptedException {
    return held.poll(TlsPair.SO_TIMEOUT, TimeUnit.MILLISECONDS);
  }

  void toClient(byte[] bytes) throws IOException {
    toClient(bytes, 0, bytes.length);
  }

  void toClient(byte[] bytes, int offset, int length) throws IOException {
    clientWire.getOutputStream().write(bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
    clientWire.close();
    serverWire.close();
    // They end with their sockets, in an exception or not.
    Background.failureOf(pumps);
  }
}
