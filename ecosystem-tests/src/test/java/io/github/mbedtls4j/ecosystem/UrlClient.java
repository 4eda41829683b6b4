package io.github.mbedtls4j.ecosystem;

import io.github.mbedtls4j.jsse.Contexts;
import io.github.mbedtls4j.jsse.TestPki;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** {@code HttpsURLConnection}. */
final class UrlClient implements EchoClient {
  private final SSLSocketFactory factory;
  private final URL url;

  UrlClient(Provider provider, int port, TestPki.Identity... identities) throws Exception {
    url = URI.create("https://localhost:" + port + "/").toURL();
    factory = Contexts.client(provider, identities).getSocketFactory();
  }

  private HttpsURLConnection open() throws IOException {
    HttpsURLConnection connection = (HttpsURLConnection) url.openConnection();
    connection.setSSLSocketFactory(factory);
    connection.setConnectTimeout(30_000);
    connection.setReadTimeout(60_000);
    return connection;
  }

  private static byte[] body(HttpsURLConnection connection) throws IOException {
    try (InputStream in = connection.getInputStream()) {
      return in.readAllBytes();
    }
  }

  @Override
  public byte[] post(byte[] body) throws IOException {
    HttpsURLConnection connection = open();
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length);
    connection.getOutputStream().write(body);
    return body(connection);
  }

  @Override
  public String get() throws IOException {
    return new String(body(open()), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    // The JDK closes what it kept alive after some seconds; there is no way to hasten it.
  }
}
