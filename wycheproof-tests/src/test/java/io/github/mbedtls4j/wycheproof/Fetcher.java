package io.github.mbedtls4j.wycheproof;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Reads one address; an interface, because the harness's own tests stay off the network. */
interface Fetcher {

  byte[] fetch(URI address) throws IOException;

  static Fetcher http() {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    return address -> {
      HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(1)).build();
      try {
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
          throw new IOException("HTTP status " + response.statusCode());
        }
        return response.body();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    };
  }
}
