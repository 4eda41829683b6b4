package io.github.mbedtls4j.jsse.boot;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Main of child JVMs: HTTPS over the default context, whose keys and trust come from the {@code
 * javax.net.ssl} system properties. Nothing here names a provider.
 */
final class DefaultContextUse {
  private DefaultContextUse() {}

  public static void main(String[] arguments) throws Exception {
    SSLContext context;
    try {
      context = SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      System.out.println("no default context: " + e.getCause());
      return;
    }
    System.out.println("default: " + context.getProvider().getName());
    System.out.println("sockets: " + SSLSocketFactory.getDefault().getClass().getPackageName());
    System.out.println(
        "server sockets: " + SSLServerSocketFactory.getDefault().getClass().getPackageName());
    for (String protocol : new String[] {"TLS", "SSL", "TLSv1.2", "TLSv1.3"}) {
      System.out.println(
          protocol + ": " + SSLContext.getInstance(protocol).getProvider().getName());
    }
    System.out.println(
        "keys: "
            + KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm()).getProvider());
    System.out.println(
        "trust: "
            + TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm())
                .getProvider());
    https(context);
    System.out.println("ended");
  }

  private static void https(SSLContext context) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          byte[] answer = "answered".getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      HttpsURLConnection connection =
          (HttpsURLConnection)
              URI.create("https://localhost:" + server.getAddress().getPort() + "/")
                  .toURL()
                  .openConnection();
      connection.setReadTimeout(20_000);
      connection.connect();
      System.out.println("suite: " + connection.getCipherSuite());
      System.out.println("protocol: " + connection.getSSLSession().orElseThrow().getProtocol());
      System.out.println(
          "session: " + connection.getSSLSession().orElseThrow().getClass().getPackageName());
      System.out.println(
          new String(connection.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    } finally {
      server.stop(0);
    }
  }
}
