package io.github.mbedtls4j.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.Provider;
import java.util.Arrays;
import java.util.Random;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;

/** The JDK's HTTPS server and client, on ours and on SunJSSE in all four combinations. */
final class TlsChecks {
  private static final int TIMEOUT = 120_000;
  private static final int BODY = 1 << 20;

  private TlsChecks() {}

  static void run(Report report, Demo.Peers peers) throws Exception {
    report.section("HTTPS: HttpsURLConnection posts 1 MiB to an HttpsServer, which sends it back");
    Provider ours = peers.tls();
    Provider jdk = peers.jdk("SunJSSE");
    for (String algorithm : new String[] {"EC", "RSA"}) {
      Identity identity = Identity.create(algorithm);
      for (Provider client : new Provider[] {ours, jdk}) {
        for (Provider server : new Provider[] {ours, jdk}) {
          https(report, identity, client, server);
        }
      }
    }
    Identity trusted = Identity.create("EC");
    Identity stranger = Identity.create("EC");
    report.check(
        "a stranger's certificate",
        "SSLHandshakeException",
        () -> {
          try {
            post(trusted, ours, stranger, ours);
            return false;
          } catch (SSLHandshakeException e) {
            return true;
          }
        });
  }

  private static void https(Report report, Identity identity, Provider client, Provider server) {
    String names = client.getName() + " to " + server.getName();
    try {
      SSLSession session = post(identity, client, identity, server);
      report.check(
          names, session.getProtocol() + " " + session.getCipherSuite(), () -> session.isValid());
    } catch (Exception e) {
      report.check(
          names,
          "",
          () -> {
            throw e;
          });
    }
  }

  /** Posts a body, requires the same back, and returns the client's session. */
  private static SSLSession post(
      Identity clientIdentity, Provider client, Identity serverIdentity, Provider server)
      throws Exception {
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    https.setHttpsConfigurator(new HttpsConfigurator(serverIdentity.context(server)));
    https.createContext("/", TlsChecks::echo);
    https.start();
    try {
      URI uri = URI.create("https://localhost:" + https.getAddress().getPort() + "/");
      HttpsURLConnection connection = (HttpsURLConnection) uri.toURL().openConnection();
      connection.setSSLSocketFactory(clientIdentity.context(client).getSocketFactory());
      connection.setConnectTimeout(TIMEOUT);
      connection.setReadTimeout(TIMEOUT);
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(BODY);
      byte[] body = new byte[BODY];
      new Random(1).nextBytes(body);
      connection.getOutputStream().write(body);
      SSLSession session = connection.getSSLSession().orElseThrow();
      if (!Arrays.equals(body, connection.getInputStream().readAllBytes())) {
        throw new IOException("what came back is not what was sent");
      }
      return session;
    } finally {
      https.stop(0);
    }
  }

  private static void echo(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
