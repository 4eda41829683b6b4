package io.github.mbedtls4j.jsse;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Another TLS implementation in a process of its own. */
final class PeerProcess implements AutoCloseable {
  private static final long SECONDS = 60;
  private static final int MAX_TRIES = 3;

  private final List<String> command;
  private final Process process;
  private final StringBuilder output = new StringBuilder();
  private boolean ended;
  private int port;

  /** A suite with the kind of key that it needs. */
  record SuiteCase(String suite, TestPki.Kind kind) {
    static Stream<SuiteCase> all() {
      return Stream.of(
          new SuiteCase("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", TestPki.Kind.RSA),
          new SuiteCase("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", TestPki.Kind.EC),
          new SuiteCase("TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", TestPki.Kind.RSA),
          new SuiteCase("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", TestPki.Kind.RSA),
          new SuiteCase("TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", TestPki.Kind.EC));
    }
  }

  PeerProcess(List<String> command) throws IOException {
    this.command = command;
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Thread reader = new Thread(this::collect, "output of " + command.get(0));
    reader.setDaemon(true);
    reader.start();
  }

  PeerProcess(String... command) throws IOException {
    this(List.of(command));
  }

  private void collect() {
    byte[] buffer = new byte[4096];
    try (InputStream in = process.getInputStream()) {
      for (int count; (count = in.read(buffer)) >= 0; ) {
        synchronized (output) {
          output.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
          output.notifyAll();
        }
      }
    } catch (IOException e) {
      // The test ended the process.
    } finally {
      synchronized (output) {
        ended = true;
        output.notifyAll();
      }
    }
  }

  /**
   * Waits until the process has printed something.
   *
   * @return what matched
   */
  Matcher expect(String regex) throws InterruptedException {
    Pattern pattern = Pattern.compile(regex);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    synchronized (output) {
      while (true) {
        Matcher matcher = pattern.matcher(output.toString());
        if (matcher.find()) {
          return matcher;
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (ended || left <= 0) {
          throw new AssertionError(command + " has not printed " + regex + " but:\n" + output);
        }
        output.wait(left);
      }
    }
  }

  /** Types a line. */
  void type(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Waits for the end; the exit code. */
  int awaitExit() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(command + " does not end; it printed:\n" + this);
    }
    return process.exitValue();
  }

  @Override
  public String toString() {
    synchronized (output) {
      return output.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a program can be run. */
  static boolean installed(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /**
   * A server that cannot choose a free port itself. It gets one that was free a moment ago, which
   * somebody else may have taken since: then it gets another one.
   *
   * @param ready what it prints when it listens
   */
  static PeerProcess serving(String ready, IntFunction<List<String>> command)
      throws IOException, InterruptedException {
    for (int tries = 1; ; tries++) {
      int port = freePort();
      PeerProcess server = new PeerProcess(command.apply(port));
      try {
        server.expect(ready);
        server.port = port;
        return server;
      } catch (AssertionError e) {
        server.close();
        if (tries == MAX_TRIES) {
          throw e;
        }
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Where the server listens that {@link #serving} made. */
  int port() {
    return port;
  }

  /** Files for programs: {@code root.pem}, {@code key.pem}, {@code chain.pem} of an identity. */
  static void writePem(Path directory, TestPki.Identity identity) throws Exception {
    List<String> chain = new ArrayList<>();
    for (Certificate certificate : identity.chain) {
      chain.add(pem("CERTIFICATE", certificate.getEncoded()));
    }
    Files.writeString(directory.resolve("chain.pem"), String.join("", chain));
    Files.writeString(directory.resolve("root.pem"), chain.get(chain.size() - 1));
    Files.writeString(directory.resolve("key.pem"), pem("PRIVATE KEY", withPublicKey(identity)));
  }

  /** The JDK leaves the public key out of EC keys; GnuTLS wants it. */
  private static byte[] withPublicKey(TestPki.Identity identity) throws IOException {
    PrivateKeyInfo key = PrivateKeyInfo.getInstance(identity.key.getEncoded());
    if (!identity.key.getAlgorithm().equals("EC")) {
      return key.getEncoded();
    }
    SubjectPublicKeyInfo publicKey =
        SubjectPublicKeyInfo.getInstance(identity.leaf().getPublicKey().getEncoded());
    ECPrivateKey secret = ECPrivateKey.getInstance(key.parsePrivateKey());
    return new PrivateKeyInfo(
            key.getPrivateKeyAlgorithm(),
            new ECPrivateKey(256, secret.getKey(), publicKey.getPublicKeyData(), null))
        .getEncoded();
  }

  private static String pem(String type, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
  }
}
