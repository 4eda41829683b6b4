package io.github.mbedtls4j.examples;

import io.github.mbedtls4j.jsse.MbedTlsJsseProvider;
import io.github.mbedtls4j.jsse.PskCredential;
import io.github.mbedtls4j.jsse.PskKeyManager;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** TLS without certificates: a sensor reports to a gateway, and both know the sensor's key. */
public final class PskExample {
  private static final String[] SUITES = {"TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256"};
  private static final int TIMEOUT = 120_000;

  private PskExample() {}

  /** Prints the outcome. */
  public static void main(String[] arguments) throws Exception {
    run(new MbedTlsJsseProvider()).forEach(System.out::println);
  }

  static List<String> run(Provider provider) throws Exception {
    PskCredential one = new PskCredential("sensor-1", newKey());
    PskCredential two = new PskCredential("sensor-2", newKey());
    SSLContext gateway = context(provider, PskKeyManager.concealing(one, two));
    SSLContext sensor = context(provider, PskKeyManager.of(two));
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (SSLServerSocket listener =
        (SSLServerSocket) gateway.getServerSocketFactory().createServerSocket(0, 1, loopback)) {
      listener.setEnabledCipherSuites(SUITES);
      listener.setSoTimeout(TIMEOUT);
      FutureTask<String> report = new FutureTask<>(() -> receive(listener));
      new Thread(report, "gateway").start();
      try (SSLSocket socket =
          (SSLSocket) sensor.getSocketFactory().createSocket(loopback, listener.getLocalPort())) {
        socket.setEnabledCipherSuites(SUITES);
        socket.setSoTimeout(TIMEOUT);
        socket.getOutputStream().write("21.5 degrees".getBytes(StandardCharsets.UTF_8));
        socket.shutdownOutput();
        String suite = socket.getSession().getCipherSuite();
        return List.of(suite, report.get(TIMEOUT, TimeUnit.MILLISECONDS));
      }
    }
  }

  private static byte[] newKey() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return key;
  }

  private static SSLContext context(Provider provider, PskKeyManager keys) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS", provider);
    context.init(new KeyManager[] {keys}, null, null);
    return context;
  }

  private static String receive(SSLServerSocket listener) throws IOException {
    try (SSLSocket socket = (SSLSocket) listener.accept()) {
      socket.setSoTimeout(TIMEOUT);
      String message = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return socket.getSession().getPeerPrincipal().getName() + " reports " + message;
    }
  }
}
