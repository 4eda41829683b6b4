package io.github.mbedtls4j.ecosystem;

import io.github.mbedtls4j.jsse.TestPki;
import java.nio.ByteBuffer;
import java.security.Provider;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty: HTTP/1.1, and HTTP/2 by ALPN. */
final class JettyServer implements EchoServer {
  private final Server server = new Server(new QueuedThreadPool(40));
  private final ServerConnector connector;

  JettyServer(Provider provider) throws Exception {
    Providers.makeKnown();
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setProvider(provider.getName());
    tls.setKeyStore(TestPki.keyStore(TestPki.server(TestPki.Kind.EC)));
    tls.setKeyStorePassword(new String(TestPki.PASSWORD));
    tls.setTrustStore(TestPki.trustStore());
    tls.setWantClientAuth(true);
    HttpConfiguration http = new HttpConfiguration();
    // Requests by address carry no SNI.
    http.addCustomizer(new SecureRequestCustomizer(false));
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol("http/1.1");
    HTTP2ServerConnectionFactory h2 = new HTTP2ServerConnectionFactory(http);
    connector =
        new ServerConnector(
            server,
            new SslConnectionFactory(tls, alpn.getProtocol()),
            alpn,
            h2,
            new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Echo());
    server.start();
  }

  private static final class Echo extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      response.setStatus(200);
      if (request.getMethod().equals("GET")) {
        EndPoint.SslSessionData tls =
            (EndPoint.SslSessionData) request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE);
        String text =
            EchoServer.describe(request.getConnectionMetaData().getProtocol(), tls::sslSession);
        Content.Sink.write(response, true, text, callback);
        return true;
      }
      ByteBuffer body = Content.Source.asByteBuffer(request);
      response.getHeaders().put("Content-Length", body.remaining());
      response.write(true, body, callback);
      return true;
    }
  }

  @Override
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    LifeCycle.stop(server);
  }
}
