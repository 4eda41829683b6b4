package io.github.mbedtls4j.ecosystem;

import io.github.mbedtls4j.jsse.Contexts;
import io.github.mbedtls4j.jsse.TestPki;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/**
 * Tomcat's NIO connector with MbedJSSE: HTTP/1.1, and HTTP/2 by ALPN. Tomcat has no setting for the
 * provider and takes the first one, so that MbedJSSE comes first while it starts.
 */
final class TomcatServer implements EchoServer {
  private final Tomcat tomcat = new Tomcat();
  private final Path directory = Files.createTempDirectory("mbedtls4j-tomcat");

  TomcatServer() throws Exception {
    tomcat.setBaseDir(directory.toString());
    Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
    connector.setProperty("address", "127.0.0.1");
    connector.setPort(0);
    connector.setScheme("https");
    connector.setSecure(true);
    connector.setMaxPostSize(MAX_BODY);
    connector.setProperty("SSLEnabled", "true");
    connector.addSslHostConfig(hostConfig());
    connector.addUpgradeProtocol(new Http2Protocol());
    tomcat.setConnector(connector);
    StandardContext context = (StandardContext) tomcat.addContext("", null);
    // They need packages of the JDK opened, and warn if these are not.
    context.setClearReferencesObjectStreamClassCaches(false);
    context.setClearReferencesRmiTargets(false);
    context.setClearReferencesThreadLocals(false);
    Tomcat.addServlet(context, "echo", new Echo());
    context.addServletMappingDecoded("/", "echo");
    Security.removeProvider(Contexts.OURS.getName());
    Security.insertProviderAt(Contexts.OURS, 1);
    try {
      tomcat.start();
    } finally {
      Security.removeProvider(Contexts.OURS.getName());
    }
  }

  private static SSLHostConfig hostConfig() throws Exception {
    SSLHostConfig config = new SSLHostConfig();
    config.setSslProtocol("TLS");
    config.setCertificateVerification("optional");
    config.setTrustStore(TestPki.trustStore());
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(config, SSLHostConfigCertificate.Type.EC);
    certificate.setCertificateKeystore(TestPki.keyStore(TestPki.server(TestPki.Kind.EC)));
    certificate.setCertificateKeystorePassword(new String(TestPki.PASSWORD));
    config.addCertificate(certificate);
    return config;
  }

  private static final class Echo extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      X509Certificate[] chain =
          (X509Certificate[]) request.getAttribute("jakarta.servlet.request.X509Certificate");
      String name = chain == null ? "-" : chain[0].getSubjectX500Principal().getName();
      response.getWriter().print(request.getProtocol() + " " + name);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      byte[] body = request.getInputStream().readAllBytes();
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }
  }

  @Override
  public int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (LifecycleException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
