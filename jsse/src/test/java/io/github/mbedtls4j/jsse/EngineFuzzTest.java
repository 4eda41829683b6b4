package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.nio.ByteBuffer;
import java.security.Provider;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** Damaged flights: an SSLException or nothing comes of them. Seeds are fixed. */
class EngineFuzzTest {
  private static final int STEPS = 200;

  private static byte[] drain(ByteBuffer wire) {
    byte[] bytes = new byte[wire.flip().remaining()];
    wire.get(bytes).clear();
    return bytes;
  }

  private static byte[] mutate(byte[] flight, Random random) {
    byte[] mutant = flight.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(mutant.length);
      switch (random.nextInt(6)) {
        case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutant[at] = (byte) random.nextInt(256);
        case 2 -> mutant[at] = (byte) (random.nextBoolean() ? 0 : 255);
        case 3 -> mutant = Arrays.copyOf(mutant, Math.max(6, at));
        case 4 -> {
          byte[] longer = Arrays.copyOf(mutant, mutant.length + 1);
          System.arraycopy(mutant, at, longer, at + 1, mutant.length - at);
          mutant = longer;
        }
        default -> {
          int from = random.nextInt(mutant.length);
          int length = Math.min(random.nextInt(40), mutant.length - Math.max(from, at));
          System.arraycopy(mutant, from, mutant, at, length);
        }
      }
    }
    return mutant;
  }

  /** Lets an engine eat a flight and answer, until it wants more or has failed. */
  private static void feed(SSLEngine engine, byte[] flight) {
    ByteBuffer in = ByteBuffer.wrap(flight);
    ByteBuffer out = ByteBuffer.allocate(40_000);
    ByteBuffer app = ByteBuffer.allocate(40_000);
    boolean failed = false;
    for (int step = 0; step < STEPS; step++) {
      try {
        switch (engine.getHandshakeStatus()) {
          case NEED_TASK -> Peers.runTasks(engine);
          case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out.clear());
          default -> {
            SSLEngineResult result = engine.unwrap(in, app.clear());
            if (result.getStatus() != Status.OK) {
              assertTrue(!failed || engine.isInboundDone());
              return;
            }
          }
        }
      } catch (SSLException e) {
        assertTrue(!failed, "a second exception: " + e);
        failed = true;
      }
    }
    throw new AssertionError("no end of " + engine.getHandshakeStatus());
  }

  @Test
  void damagedClientHello() throws Exception {
    SSLContext server =
        Contexts.of(
            Contexts.OURS,
            TestPki.keys(TestPki.server(Kind.EC), TestPki.server(Kind.RSA)),
            TestPki.trust());
    for (Provider provider : List.of(Contexts.OURS, Contexts.SUN)) {
      EnginePair pair =
          Peers.pair(
              Contexts.client(provider).createSSLEngine("www.example.test", 1),
              server.createSSLEngine());
      var parameters = pair.client.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      pair.client.setSSLParameters(parameters);
      pair.client.wrap(ByteBuffer.allocate(0), pair.toServer);
      byte[] hello = drain(pair.toServer);
      Random random = new Random(11);
      for (int i = 0; i < 2000; i++) {
        SSLEngine engine = server.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setWantClientAuth(i % 2 == 0);
        feed(engine, mutate(hello, random));
      }
    }
  }

  @Test
  void damagedServerFlight() throws Exception {
    SSLContext client = Contexts.client(Contexts.OURS, TestPki.client(Kind.EC));
    Random random = new Random(12);
    for (Provider provider : List.of(Contexts.OURS, Contexts.SUN)) {
      for (Kind kind : Kind.values()) {
        SSLContext server = Contexts.server(provider, TestPki.server(kind));
        byte[] flight = null;
        for (int i = 0; i < 500; i++) {
          EnginePair pair =
              Peers.pair(client.createSSLEngine("localhost", 1), server.createSSLEngine());
          pair.server.setWantClientAuth(true);
          pair.client.wrap(ByteBuffer.allocate(0), pair.toServer);
          // A flight of another handshake fails late: at the signature over the randoms.
          if (i % 50 == 0) {
            flight = serverFlight(pair);
          }
          feed(pair.client, mutate(flight, random));
        }
      }
    }
  }

  private static byte[] serverFlight(EnginePair pair) throws Exception {
    pair.server.beginHandshake();
    for (int i = 0; i < 20; i++) {
      EnginePair.step(pair.server, pair.toServer, pair.toClient);
    }
    return drain(pair.toClient);
  }

  @Test
  void damagedClientFlight() throws Exception {
    SSLContext client = Contexts.client(Contexts.SUN, TestPki.client(Kind.EC));
    SSLContext server = Contexts.server(Contexts.OURS, TestPki.server(Kind.EC));
    Random random = new Random(13);
    for (int i = 0; i < 300; i++) {
      EnginePair pair =
          Peers.pair(client.createSSLEngine("localhost", 1), server.createSSLEngine());
      pair.server.setNeedClientAuth(i % 2 == 0);
      pair.client.beginHandshake();
      EnginePair.step(pair.client, pair.toClient, pair.toServer);
      pair.server.beginHandshake();
      for (int step = 0; step < 20; step++) {
        EnginePair.step(pair.server, pair.toServer, pair.toClient);
      }
      for (int step = 0; step < 20; step++) {
        EnginePair.step(pair.client, pair.toClient, pair.toServer);
      }
      feed(pair.server, mutate(drain(pair.toServer), random));
    }
  }

  /** Hints and identities, which are read before Mbed TLS sees them. */
  @Test
  void damagedPskFlights() throws Exception {
    PskKeyManager keys = PskKeyManager.of(PskPeers.CREDENTIAL);
    SSLContext context = PskPeers.server(keys);
    Random random = new Random(15);
    for (int i = 0; i < 200; i++) {
      boolean hint = i % 4 == 0;
      EnginePair pair =
          PskPeers.pair(
              context,
              context,
              hint ? "TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256" : "TLS_PSK_WITH_AES_128_CCM_8");
      pair.client.beginHandshake();
      EnginePair.step(pair.client, pair.toClient, pair.toServer);
      byte[] flight = serverFlight(pair);
      if (hint) {
        feed(pair.client, mutate(flight, random));
        continue;
      }
      pair.toClient.put(flight);
      for (int step = 0; step < 20; step++) {
        EnginePair.step(pair.client, pair.toClient, pair.toServer);
      }
      feed(pair.server, mutate(drain(pair.toServer), random));
    }
  }

  @Test
  void damagedRecords() throws Exception {
    Random random = new Random(14);
    for (String suite :
        List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256")) {
      for (int i = 0; i < 60; i++) {
        EnginePair pair = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.EC);
        pair.client.setEnabledCipherSuites(new String[] {suite});
        pair.handshake();
        for (int record = 0; record < 3; record++) {
          pair.client.wrap(ByteBuffer.allocate(random.nextInt(200)), pair.toServer);
        }
        if (random.nextBoolean()) {
          pair.client.closeOutbound();
          pair.client.wrap(ByteBuffer.allocate(0), pair.toServer);
        }
        byte[] sent = drain(pair.toServer);
        if (sent.length > 6) {
          feed(pair.server, mutate(sent, random));
        }
      }
    }
  }
}
