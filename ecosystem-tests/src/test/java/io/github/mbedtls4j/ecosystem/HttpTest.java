package io.github.mbedtls4j.ecosystem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.mbedtls4j.jsse.Contexts;
import io.github.mbedtls4j.jsse.TestPki;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.net.http.HttpClient.Version;
import java.security.Provider;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Protocol;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP between products, one end on MbedJSSE at least, the other on it or on SunJSSE. */
@ExtendWith(NothingLeft.class)
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpTest {
  private static final Provider OURS = Contexts.OURS;
  private static final Provider SUN = Contexts.SUN;
  private static final TestPki.Identity ID = TestPki.client(Kind.EC);
  static final List<Protocol> H1 = List.of(Protocol.HTTP_1_1);
  private static final List<Protocol> H2 = List.of(Protocol.HTTP_2, Protocol.HTTP_1_1);

  private static final String ANONYMOUS = "HTTP/1.1 -";
  private static final String ANONYMOUS_H2 = "HTTP/2.0 -";
  private static final String KNOWN = "HTTP/1.1 CN=client EC";
  private static final String KNOWN_H2 = "HTTP/2.0 CN=client EC";

  interface ServerMaker {
    EchoServer start() throws Exception;
  }

  interface ClientMaker {
    EchoClient start(int port) throws Exception;
  }

  /** A client and a server, and how the server sees the client. */
  record Pairing(String name, ServerMaker server, ClientMaker client, String seen) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Pairing of(String name, ServerMaker server, ClientMaker client, String seen) {
    return new Pairing(name, server, client, seen);
  }

  static Stream<Pairing> servers() {
    return Stream.of(
        of("JDK", () -> new JdkServer(OURS), port -> new UrlClient(SUN, port), ANONYMOUS),
        of("Netty", () -> new NettyServer(OURS), port -> jdk(SUN, Version.HTTP_1_1, port), KNOWN),
        of(
            "Netty h2",
            () -> new NettyServer(OURS),
            port -> jdk(SUN, Version.HTTP_2, port),
            KNOWN_H2),
        of("Jetty", () -> new JettyServer(OURS), port -> jdk(SUN, Version.HTTP_1_1, port), KNOWN),
        of(
            "Jetty h2",
            () -> new JettyServer(OURS),
            port -> jdk(SUN, Version.HTTP_2, port),
            KNOWN_H2),
        of("Tomcat", TomcatServer::new, port -> new OkHttp(SUN, port, H1, ID), KNOWN),
        of(
            "Tomcat h2",
            TomcatServer::new,
            port -> new Unshared(() -> new OkHttp(SUN, port, H2, ID)),
            KNOWN_H2));
  }

  static Stream<Pairing> clients() {
    return Stream.of(
        of("URL", () -> new JdkServer(SUN), port -> new UrlClient(OURS, port, ID), KNOWN),
        of("JDK", () -> new JettyServer(SUN), port -> jdk(OURS, Version.HTTP_1_1, port), KNOWN),
        of("JDK h2", () -> new JettyServer(SUN), port -> jdk(OURS, Version.HTTP_2, port), KNOWN_H2),
        of("OkHttp", () -> new JettyServer(SUN), port -> new OkHttp(OURS, port, H1, ID), KNOWN),
        of(
            "OkHttp h2",
            () -> new JettyServer(SUN),
            port -> new OkHttp(OURS, port, H2),
            ANONYMOUS_H2),
        of("Jetty", () -> new JettyServer(SUN), port -> new JettyClient(OURS, port, ID), KNOWN),
        of("Netty", () -> new NettyServer(SUN), port -> new NettyClient(OURS, port, ID), KNOWN));
  }

  static Stream<Pairing> both() {
    return Stream.of(
        of("JDK", () -> new JdkServer(OURS), port -> new UrlClient(OURS, port, ID), KNOWN),
        of("Netty", () -> new NettyServer(OURS), port -> new NettyClient(OURS, port, ID), KNOWN),
        of("Jetty", () -> new JettyServer(OURS), port -> new JettyClient(OURS, port), ANONYMOUS),
        of(
            "Jetty h2",
            () -> new JettyServer(OURS),
            port -> jdk(OURS, Version.HTTP_2, port),
            KNOWN_H2),
        of(
            "Tomcat h2",
            TomcatServer::new,
            port -> new Unshared(() -> new OkHttp(OURS, port, H2)),
            ANONYMOUS_H2));
  }

  private static EchoClient jdk(Provider provider, Version version, int port) throws Exception {
    return new JdkClient(provider, version, port, ID);
  }

  @ParameterizedTest
  @MethodSource({"servers", "clients", "both"})
  void requests(Pairing pairing) throws Exception {
    try (EchoServer server = pairing.server().start();
        EchoClient client = pairing.client().start(server.port())) {
      Traffic.exchange(client, pairing.seen());
      assertEquals(List.of(), server.failures());
    }
  }
}
