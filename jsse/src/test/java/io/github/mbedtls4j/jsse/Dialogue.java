package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Our end of a conversation with a {@link PeerProcess}. */
final class Dialogue {
  private Dialogue() {}

  /** A client in TLS 1.2 that checks the name localhost. */
  static SSLSocket dial(SSLContext context, int port, String suite) throws IOException {
    SSLSocket socket = TlsPair.dial(context, port);
    socket.setEnabledProtocols(new String[] {"TLSv1.2"});
    if (suite != null) {
      socket.setEnabledCipherSuites(new String[] {suite});
    }
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return socket;
  }

  /** Sends a line and returns the answer. */
  static String ask(SSLSocket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    return reader(socket).readLine();
  }

  static BufferedReader reader(SSLSocket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** A server in TLS 1.2. */
  static SSLServerSocket listen(SSLContext context, String suite) throws IOException {
    SSLServerSocket listener = TlsPair.listen(context);
    listener.setEnabledProtocols(new String[] {"TLSv1.2"});
    if (suite != null) {
      listener.setEnabledCipherSuites(new String[] {suite});
    }
    return listener;
  }

  /** Accepts one connection and answers lines until the client says goodbye; its session. */
  static CompletableFuture<SSLSocket> serveLines(SSLServerSocket listener) {
    return Background.call(
        () -> {
          try (SSLSocket socket = TlsPair.accept(listener)) {
            BufferedReader lines = reader(socket);
            for (String line; (line = lines.readLine()) != null; ) {
              socket
                  .getOutputStream()
                  .write(("you said " + line + "\n").getBytes(StandardCharsets.UTF_8));
            }
            assertEquals("TLSv1.2", socket.getSession().getProtocol());
            return socket;
          }
        });
  }
}
