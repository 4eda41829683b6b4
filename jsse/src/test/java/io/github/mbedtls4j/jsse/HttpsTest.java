package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocketFactory;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The JDK's own HTTPS servers and clients. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpsTest {
  static {
    // The JDK's server sends headers and body apart, and TCP would hold back the second.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final int REQUESTS = 300;
  private static final int CLIENTS = 8;
  private static final int LARGE = 1 << 20;

  static Stream<Arguments> pairs() {
    return Stream.of(Contexts.OURS, Contexts.SUN)
        .flatMap(
            client ->
                Stream.of(Contexts.OURS, Contexts.SUN).map(server -> Arguments.of(client, server)));
  }

  /** A server that answers with what it was sent. */
  private static final class EchoServer implements AutoCloseable {
    final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    EchoServer(Provider provider) throws Exception {
      this(Contexts.server(provider, TestPki.server(Kind.EC), TestPki.server(Kind.RSA)));
    }

    EchoServer(SSLContext context) throws Exception {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
      server.setHttpsConfigurator(new HttpsConfigurator(context));
      server.setExecutor(threads);
      server.createContext("/", this::answer);
      server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
      connections.add(exchange.getRemoteAddress());
      try (exchange) {
        byte[] body = exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
          exchange.getResponseBody().write(body);
        }
      }
    }

    URI uri(String host) {
      return URI.create("https://" + host + ":" + server.getAddress().getPort() + "/echo");
    }

    @Override
    public void close() {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  private static void post(SSLSocketFactory factory, URI uri, byte[] body) throws IOException {
    HttpsURLConnection connection = (HttpsURLConnection) uri.toURL().openConnection();
    connection.setSSLSocketFactory(factory);
    connection.setConnectTimeout(TlsPair.SO_TIMEOUT);
    connection.setReadTimeout(TlsPair.SO_TIMEOUT);
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length);
    connection.getOutputStream().write(body);
    assertTrue(connection.getCipherSuite().startsWith("TLS_"));
    assertEquals("CN=server", connection.getPeerPrincipal().getName());
    assertEquals(200, connection.getResponseCode());
    assertArrayEquals(body, connection.getInputStream().readAllBytes());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void urlConnection(Provider client, Provider server) throws Exception {
    // Connections are kept alive for their factory.
    SSLSocketFactory factory = Contexts.client(client).getSocketFactory();
    try (EchoServer echo = new EchoServer(server)) {
      for (int i = 0; i < REQUESTS; i++) {
        post(factory, echo.uri("localhost"), Contexts.random(1 + 10 * i));
      }
      assertTrue(echo.connections.size() < 5, "not kept alive: " + echo.connections.size());
      post(factory, echo.uri("127.0.0.1"), Contexts.random(LARGE));
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(
            Background.run(
                () -> {
                  for (int j = 0; j < 20; j++) {
                    post(factory, echo.uri("localhost"), Contexts.random(j * 1000));
                  }
                }));
      }
      for (CompletableFuture<Void> one : clients) {
        Background.await(one);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void urlConnectionChecksTheName(Provider client, Provider server) throws Exception {
    SSLSocketFactory factory = Contexts.client(client).getSocketFactory();
    TestPki.Identity named =
        TestPki.issue(
            TestPki.root(Kind.EC),
            "CN=only a name",
            Kind.EC,
            new GeneralName(GeneralName.dNSName, "localhost"));
    try (EchoServer echo = new EchoServer(Contexts.server(server, named))) {
      SSLHandshakeException e =
          assertThrows(
              SSLHandshakeException.class,
              () -> post(factory, echo.uri("127.0.0.1"), new byte[10]));
      assertTrue(e.getMessage().contains("127.0.0.1"), e.getMessage());
    }
  }

  /** HttpClient works on SSLEngine. */
  @ParameterizedTest
  @MethodSource("pairs")
  void httpClient(Provider client, Provider server) throws Exception {
    HttpClient http =
        HttpClient.newBuilder()
            .sslContext(Contexts.client(client))
            .connectTimeout(Duration.ofMillis(TlsPair.SO_TIMEOUT))
            .build();
    try (EchoServer echo = new EchoServer(server)) {
      List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(
            http.sendAsync(
                request(echo, Contexts.random(i * 1000)), HttpResponse.BodyHandlers.ofByteArray()));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertArrayEquals(Contexts.random(i * 1000), Background.await(answers.get(i)).body());
      }
      for (int i = 0; i < REQUESTS / 3; i++) {
        http.send(request(echo, new byte[i]), HttpResponse.BodyHandlers.ofByteArray());
      }
      byte[] large = Contexts.random(LARGE);
      HttpResponse<byte[]> answer =
          http.send(request(echo, large), HttpResponse.BodyHandlers.ofByteArray());
      assertArrayEquals(large, answer.body());
      assertFalse(answer.sslSession().isEmpty());
      assertEquals("localhost", answer.sslSession().get().getPeerHost());
    }
  }

  private static HttpRequest request(EchoServer echo, byte[] body) {
    return HttpRequest.newBuilder(echo.uri("localhost"))
        .timeout(Duration.ofMillis(TlsPair.SO_TIMEOUT))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }
}
