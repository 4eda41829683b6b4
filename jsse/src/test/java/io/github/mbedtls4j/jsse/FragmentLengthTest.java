package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import io.github.mbedtls4j.testing.ChildJvm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Provider;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The length of records: what an application wants, and max_fragment_length of RFC 6066. */
@Timeout(value = 330, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FragmentLengthTest {
  private static final String SUITE = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";

  /** Header, explicit nonce and tag. */
  private static final int EXPANSION = 5 + 8 + 16;

  @TempDir Path directory;

  /** In a JVM with {@code jsse.enableMFLNExtension}, which SunJSSE reads once. */
  public static void main(String[] arguments) throws Exception {
    for (int size :
        new int[] {0, 256, 325, 326, 500, 836, 837, 1348, 1349, 2373, 4420, 4421, 4422, 16_709}) {
      String sun = describe(Contexts.SUN, Contexts.SUN, size);
      assertEquals(sun, describe(Contexts.OURS, Contexts.SUN, size), "our client, " + size);
      // A server of ours agrees without being asked by the property too.
      if (!sun.endsWith("16384/16413")) {
        assertEquals(sun, describe(Contexts.SUN, Contexts.OURS, size), "our server, " + size);
        assertEquals(sun, describe(Contexts.OURS, Contexts.OURS, size), "both, " + size);
      }
    }
    System.out.println("done");
  }

  /** How much data each end puts into a record, and how long that is. */
  private static String describe(Provider client, Provider server, int packet) throws Exception {
    EnginePair pair = pair(client, server, packet);
    pair.handshake();
    if (client.equals(Contexts.OURS)) {
      // SunJSSE's client refuses longer records than the application wants, though agreed on.
      byte[] data = Contexts.random(40_000);
      assertArrayEquals(data, pair.send(pair.client, data));
      assertArrayEquals(data, pair.send(pair.server, data));
    }
    return recordOf(pair.client) + " " + recordOf(pair.server);
  }

  private static EnginePair pair(Provider client, Provider server, int packet) throws Exception {
    EnginePair pair = Peers.pair(client, server, Kind.RSA);
    pair.client.setEnabledCipherSuites(new String[] {SUITE});
    SSLParameters parameters = pair.client.getSSLParameters();
    parameters.setMaximumPacketSize(packet);
    pair.client.setSSLParameters(parameters);
    return pair;
  }

  private static int askedFor(EnginePair pair) throws Exception {
    ByteBuffer hello = ByteBuffer.allocate(20_000);
    pair.client.beginHandshake();
    pair.client.wrap(ByteBuffer.allocate(0), hello);
    byte[] bytes = new byte[hello.flip().remaining()];
    hello.get(bytes);
    // The extension of type 1 with one byte; nothing else of a hello looks like it.
    for (int i = 80; i < bytes.length - 4; i++) {
      if (bytes[i] == 0 && bytes[i + 1] == 1 && bytes[i + 2] == 0 && bytes[i + 3] == 1) {
        return bytes[i + 4];
      }
    }
    return 0;
  }

  private static String recordOf(SSLEngine engine) throws Exception {
    SSLEngineResult result = engine.wrap(ByteBuffer.allocate(20_000), ByteBuffer.allocate(20_000));
    return result.bytesConsumed() + "/" + result.bytesProduced();
  }

  @Test
  void lengthsAreSunJsses() throws Exception {
    ChildJvm.of(FragmentLengthTest.class)
        .with("-Djsse.enableMFLNExtension=true")
        .run()
        .expect("done");
  }

  /** Without the property an application's limit binds its own end alone. */
  @Test
  void ownRecords() throws Exception {
    for (Provider provider : List.of(Contexts.SUN, Contexts.OURS)) {
      EnginePair pair = pair(provider, Contexts.OURS, 600);
      assertEquals(0, askedFor(pair));
      pair = pair(provider, Contexts.OURS, 600);
      pair.handshake();
      assertEquals(600, pair.client.getSession().getPacketBufferSize());
      assertEquals("571/600", recordOf(pair.client));
      assertEquals("16384/16413", recordOf(pair.server));
      pair = pair(Contexts.OURS, Contexts.OURS, 600);
      pair.handshake();
      byte[] data = Contexts.random(40_000);
      assertArrayEquals(data, pair.send(pair.client, data));
      assertArrayEquals(data, pair.send(pair.server, data));
    }
  }

  /** The longest record that waits for the client. */
  private static int longestRecord(EnginePair pair) {
    int longest = 0;
    for (ByteBuffer in = pair.toClient.duplicate().flip(); in.hasRemaining(); ) {
      int start = in.position();
      int length = 5 + Short.toUnsignedInt(in.getShort(start + 3));
      longest = Math.max(longest, length);
      in.position(start + length);
    }
    return longest;
  }

  /** A certificate goes out in one record, whatever the server's own limit is. */
  @Test
  void handshakeRecordsAreCutByAgreementAlone() throws Exception {
    EnginePair pair = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.RSA);
    SSLParameters parameters = pair.server.getSSLParameters();
    parameters.setMaximumPacketSize(600);
    pair.server.setSSLParameters(parameters);
    pair.client.beginHandshake();
    pair.server.beginHandshake();
    EnginePair.step(pair.client, pair.toClient, pair.toServer);
    while (pair.toServer.position() > 0
        || pair.server.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP) {
      EnginePair.step(pair.server, pair.toServer, pair.toClient);
    }
    int longest = longestRecord(pair);
    assertTrue(longest > 600, "" + longest);
    pair.handshake();
    assertEquals("571/600", recordOf(pair.server));
  }

  /** However small the limit is, data gets through; SunJSSE's handshake would never end. */
  @Test
  void absurdLimit() throws Exception {
    EnginePair pair = pair(Contexts.OURS, Contexts.OURS, 1);
    pair.handshake();
    byte[] data = Contexts.random(10);
    assertArrayEquals(data, pair.send(pair.client, data));
    assertEquals("1/" + (1 + EXPANSION), recordOf(pair.client));
  }

  @Test
  void openSslAsksForShortRecords() throws Exception {
    assumeTrue(PeerProcess.installed("openssl"), "openssl is not installed");
    PeerProcess.writePem(directory, TestPki.client(Kind.RSA));
    try (SSLServerSocket listener =
            TlsPair.listen(Contexts.server(Contexts.OURS, TestPki.server(Kind.RSA)));
        PeerProcess client =
            PeerPrograms.openSslClient(
                listener.getLocalPort(),
                "-cipher",
                "ECDHE-RSA-AES256-GCM-SHA384",
                "-maxfraglen",
                "512",
                "-msg");
        SSLSocket socket = TlsPair.accept(listener)) {
      CompletableFuture<Void> sent =
          Background.run(
              () -> {
                socket
                    .getOutputStream()
                    .write("x".repeat(4000).getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write("\nend of it\n".getBytes(StandardCharsets.US_ASCII));
              });
      client.expect("end of it");
      Background.await(sent);
      // 512 bytes with nonce and tag; OpenSSL itself refuses longer records.
      client.expect("17 03 03 02 18");
      assertEquals(512, socket.getSession().getApplicationBufferSize());
      assertTrue(socket.getSession().getPacketBufferSize() < 1024);
    }
  }
}
