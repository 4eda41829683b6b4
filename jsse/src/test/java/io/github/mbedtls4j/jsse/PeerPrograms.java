package io.github.mbedtls4j.jsse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The test programs of OpenSSL and GnuTLS, for TLS 1.2 over loopback. */
final class PeerPrograms {
  private PeerPrograms() {}

  /**
   * OpenSSL's server, on a port of its choice.
   *
   * @param pem where {@link PeerProcess#writePem} has written its key and certificate
   */
  static PeerProcess openSslServer(Path pem, String... more) throws IOException {
    return start(
        more,
        "openssl",
        "s_server",
        "-accept",
        "127.0.0.1:0",
        "-tls1_2",
        "-cert",
        pem.resolve("chain.pem").toString(),
        "-key",
        pem.resolve("key.pem").toString());
  }

  /** The port that OpenSSL's server has chosen. */
  static int port(PeerProcess openSslServer) throws InterruptedException {
    return Integer.parseInt(openSslServer.expect("ACCEPT 127\\.0\\.0\\.1:(\\d+)\\s").group(1));
  }

  static PeerProcess openSslClient(int port, String... more) throws IOException {
    return start(more, "openssl", "s_client", "-connect", "127.0.0.1:" + port, "-tls1_2");
  }

  /**
   * GnuTLS's server, which sends back what it receives.
   *
   * @param pem where {@link PeerProcess#writePem} has written its key and certificate
   */
  static PeerProcess gnuTlsServer(Path pem, String priority, String... more) throws Exception {
    return PeerProcess.serving(
        "listening on IPv4 .*done",
        port ->
            Stream.concat(
                    Stream.of(
                        "gnutls-serv",
                        "--echo",
                        "--port=" + port,
                        "--priority=" + priority,
                        "--x509certfile=" + pem.resolve("chain.pem"),
                        "--x509keyfile=" + pem.resolve("key.pem")),
                    Stream.of(more))
                .toList());
  }

  private static PeerProcess start(String[] more, String... command) throws IOException {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(more));
    return new PeerProcess(all);
  }
}
