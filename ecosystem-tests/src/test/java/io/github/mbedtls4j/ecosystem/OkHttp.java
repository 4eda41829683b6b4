package io.github.mbedtls4j.ecosystem;

import io.github.mbedtls4j.jsse.Contexts;
import io.github.mbedtls4j.jsse.TestPki;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** OkHttp, on sockets. */
final class OkHttp implements EchoClient {
  private final OkHttpClient http;
  private final String url;

  OkHttp(Provider provider, int port, List<Protocol> protocols, TestPki.Identity... identities)
      throws Exception {
    url = "https://localhost:" + port + "/";
    http =
        new OkHttpClient.Builder()
            .sslSocketFactory(
                Contexts.client(provider, identities).getSocketFactory(),
                (X509TrustManager) TestPki.trust()[0])
            .protocols(protocols)
            .connectTimeout(Duration.ofSeconds(30))
            .readTimeout(Duration.ofSeconds(60))
            .writeTimeout(Duration.ofSeconds(60))
            .build();
  }

  private byte[] call(Request.Builder request) throws IOException {
    try (Response response = http.newCall(request.url(url).build()).execute()) {
      if (!response.isSuccessful() || response.handshake() == null) {
        throw new IOException(response.toString());
      }
      return response.body().bytes();
    }
  }

  @Override
  public byte[] post(byte[] body) throws IOException {
    return call(new Request.Builder().post(RequestBody.create(body)));
  }

  @Override
  public String get() throws IOException {
    return new String(call(new Request.Builder()), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
