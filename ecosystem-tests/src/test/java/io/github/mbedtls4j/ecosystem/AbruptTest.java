package io.github.mbedtls4j.ecosystem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.mbedtls4j.jsse.Contexts;
import io.github.mbedtls4j.jsse.TestPki;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that leave without a word, or never meant TLS: the server must not mind. */
@ExtendWith(NothingLeft.class)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AbruptTest {
  private static final int ROUNDS = 10;
  private static final byte[] REQUEST =
      "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  static Stream<Named<HttpTest.ServerMaker>> servers() {
    return Stream.of(
        Named.of("JDK", () -> new JdkServer(Contexts.OURS)),
        Named.of("Netty", () -> new NettyServer(Contexts.OURS)),
        Named.of("Jetty", () -> new JettyServer(Contexts.OURS)),
        Named.of("Tomcat", TomcatServer::new));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void clientsThatLeave(HttpTest.ServerMaker maker) throws Exception {
    SSLContext context = Contexts.client(Contexts.SUN, TestPki.client(Kind.EC));
    try (EchoServer server = maker.start()) {
      for (int i = 0; i < ROUNDS; i++) {
        leaveAtOnce(server.port());
        leaveInTheHello(server.port());
        speakPlainly(server.port());
        resetAfterTheHandshake(context, server.port());
        endTcpAfterTheRequest(context, server.port());
      }
      try (EchoClient client = new OkHttp(Contexts.SUN, server.port(), HttpTest.H1)) {
        assertEquals("HTTP/1.1 -", client.get());
      }
    }
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static void leaveAtOnce(int port) throws IOException {
    connect(port).close();
  }

  private static void leaveInTheHello(int port) throws IOException {
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write(new byte[] {22, 3, 1, 1, 0, 1, 0, 0, (byte) 252, 3, 3});
      socket.setSoLinger(true, 0);
    }
  }

  private static void speakPlainly(int port) throws IOException {
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write(REQUEST);
      try {
        // An alert, Tomcat's answer in plain HTTP, or nothing; then the end.
        socket.getInputStream().readAllBytes();
      } catch (IOException e) {
        // The server did not read all that was sent: TCP resets.
      }
    }
  }

  private static SSLSocket handshake(SSLContext context, Socket plain) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), false);
    socket.startHandshake();
    return socket;
  }

  private static void resetAfterTheHandshake(SSLContext context, int port) throws IOException {
    try (Socket plain = connect(port)) {
      handshake(context, plain).getOutputStream().write(REQUEST, 0, REQUEST.length / 2);
      plain.setSoLinger(true, 0);
    }
  }

  private static void endTcpAfterTheRequest(SSLContext context, int port) throws IOException {
    try (Socket plain = connect(port)) {
      SSLSocket socket = handshake(context, plain);
      socket.getOutputStream().write(REQUEST);
      socket.getInputStream().read();
    }
  }
}
