package io.github.mbedtls4j.ecosystem;

import io.github.mbedtls4j.jsse.TestPki;
import java.io.IOException;
import java.security.Provider;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty's HttpClient with HTTP/1.1. */
final class JettyClient implements EchoClient {
  private final HttpClient http;
  private final String url;

  JettyClient(Provider provider, int port, TestPki.Identity... identities) throws Exception {
    url = "https://localhost:" + port + "/";
    Providers.makeKnown();
    SslContextFactory.Client tls = new SslContextFactory.Client();
    tls.setProvider(provider.getName());
    tls.setTrustStore(TestPki.trustStore());
    if (identities.length > 0) {
      tls.setKeyStore(TestPki.keyStore(identities));
      tls.setKeyStorePassword(new String(TestPki.PASSWORD));
    }
    ClientConnector connector = new ClientConnector();
    connector.setSslContextFactory(tls);
    http = new HttpClient(new HttpClientTransportOverHTTP(connector));
    http.start();
  }

  private static ContentResponse send(Request request) throws Exception {
    ContentResponse response =
        new CompletableResponseListener(request, EchoServer.MAX_BODY)
            .send()
            .get(60, TimeUnit.SECONDS);
    if (response.getStatus() != 200) {
      throw new IOException(response.toString());
    }
    return response;
  }

  @Override
  public byte[] post(byte[] body) throws Exception {
    return send(http.POST(url).body(new BytesRequestContent(body))).getContent();
  }

  @Override
  public String get() throws Exception {
    return send(http.newRequest(url)).getContentAsString();
  }

  @Override
  public void close() {
    LifeCycle.stop(http);
  }
}
