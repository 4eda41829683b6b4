package io.github.mbedtls4j.jsse;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.nio.ByteBuffer;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.DynamicTest;

/** Pairs of engines of both providers, and handshakes that are meant to fail. */
final class Peers {
  /** What a test does with a pair of providers. */
  interface Body {
    void run(Provider client, Provider server) throws Exception;
  }

  /** How a handshake ended: the first exception of each end, null for none. */
  record Outcome(SSLException client, SSLException server, List<byte[]> alerts) {
    /** That of one end. */
    SSLException of(boolean client) {
      return client ? this.client : server;
    }
  }

  private static final int ROUNDS = 10_000;

  private Peers() {}

  /** A test for every combination in which one end at least is ours. */
  static Stream<DynamicTest> each(Body body) {
    return Stream.of(
            new Provider[] {Contexts.OURS, Contexts.OURS},
            new Provider[] {Contexts.OURS, Contexts.SUN},
            new Provider[] {Contexts.SUN, Contexts.OURS})
        .map(
            pair ->
                DynamicTest.dynamicTest(
                    pair[0].getName() + " to " + pair[1].getName(),
                    () -> body.run(pair[0], pair[1])));
  }

  /** TLS 1.2 engines, the server with an identity of some kind. */
  static EnginePair pair(Provider client, Provider server, Kind kind) throws Exception {
    return pair(
        Contexts.client(client).createSSLEngine("localhost", 443),
        Contexts.server(server, TestPki.server(kind)).createSSLEngine());
  }

  /** Speaks TLS 1.2: SunJSSE would choose 1.3 with itself. */
  static EnginePair pair(SSLEngine client, SSLEngine server) {
    EnginePair pair = new EnginePair(client, server);
    for (SSLEngine engine : List.of(client, server)) {
      engine.setEnabledProtocols(new String[] {"TLSv1.2"});
    }
    return pair;
  }

  /** Two connected engines of ours. */
  static EnginePair connected() throws Exception {
    EnginePair pair = pair(Contexts.OURS, Contexts.OURS, Kind.EC);
    pair.handshake();
    return pair;
  }

  /** Drives both ends, past their exceptions, until neither has anything to say. */
  static Outcome run(EnginePair pair) throws SSLException {
    SSLException[] failures = new SSLException[2];
    List<byte[]> alerts = new ArrayList<>();
    try {
      pair.client.beginHandshake();
    } catch (SSLException e) {
      failures[0] = e;
    }
    pair.server.beginHandshake();
    for (int round = 0; round < ROUNDS; round++) {
      boolean moved = move(pair.client, pair.toClient, pair.toServer, failures, 0, alerts);
      moved |= move(pair.server, pair.toServer, pair.toClient, failures, 1, alerts);
      if (!moved) {
        return new Outcome(failures[0], failures[1], alerts);
      }
    }
    throw new IllegalStateException("no end");
  }

  private static boolean move(
      SSLEngine engine,
      ByteBuffer in,
      ByteBuffer out,
      SSLException[] failures,
      int index,
      List<byte[]> alerts) {
    int sent = out.position();
    try {
      HandshakeStatus status = engine.getHandshakeStatus();
      if (status == HandshakeStatus.NEED_TASK) {
        runTasks(engine);
        return true;
      }
      if (status == HandshakeStatus.NEED_WRAP) {
        SSLEngineResult result = engine.wrap(ByteBuffer.allocate(0), out);
        if (out.get(sent) == 21) {
          byte[] alert = new byte[result.bytesProduced()];
          out.get(sent, alert);
          alerts.add(alert);
        }
        return true;
      }
      if (in.position() == 0 || engine.isInboundDone()) {
        return false;
      }
      in.flip();
      try {
        return engine.unwrap(in, ByteBuffer.allocate(20_000)).bytesConsumed() > 0;
      } finally {
        in.compact();
      }
    } catch (SSLException e) {
      if (failures[index] == null) {
        failures[index] = e;
      }
      return true;
    }
  }

  /** An exception's text without the alert's name, which newer JDKs' SunJSSE puts before it. */
  static String message(Throwable exception) {
    String text = exception.getMessage();
    return text.startsWith("(") ? text.substring(text.indexOf(')') + 2) : text;
  }

  /** Runs every task that the engine hands out. */
  static void runTasks(SSLEngine engine) {
    for (Runnable task; (task = engine.getDelegatedTask()) != null; ) {
      task.run();
    }
  }
}
