package io.github.mbedtls4j.ecosystem;

import io.github.mbedtls4j.jsse.Contexts;
import io.github.mbedtls4j.jsse.TestPki;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.time.Duration;

/**
 * {@code java.net.http.HttpClient}. JDK 17 has no means to close one: its connections end with the
 * server's.
 */
final class JdkClient implements EchoClient {
  private final HttpClient http;
  private final URI uri;

  JdkClient(Provider provider, HttpClient.Version version, int port, TestPki.Identity... identities)
      throws Exception {
    uri = URI.create("https://localhost:" + port + "/");
    http =
        HttpClient.newBuilder()
            .version(version)
            .sslContext(Contexts.client(provider, identities))
            .connectTimeout(Duration.ofSeconds(30))
            .build();
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60));
  }

  @Override
  public byte[] post(byte[] body) throws Exception {
    HttpRequest request = request().POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
    return http.send(request, BodyHandlers.ofByteArray()).body();
  }

  @Override
  public String get() throws Exception {
    return http.send(request().build(), BodyHandlers.ofString(StandardCharsets.UTF_8)).body();
  }

  @Override
  public void close() {}
}
