package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Closing and failing: SunJSSE's engine and ours answer every step alike. */
class EngineTranscriptTest {
  /** One engine under test with its peer; wires are in write mode. */
  private record Scene(
      EnginePair pair, SSLEngine engine, SSLEngine peer, ByteBuffer out, ByteBuffer in) {
    void handshake() throws SSLException {
      pair.handshake();
    }

    /** The peer takes in a record, as the test does not look at it. */
    void peerReads() throws SSLException {
      out.flip();
      peer.unwrap(out, ByteBuffer.allocate(20_000));
      out.compact();
    }

    void peerWraps(String text) throws Exception {
      peer.wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), in);
    }
  }

  private interface Script {
    void run(Scene scene, Transcript transcript) throws Exception;
  }

  private static void damageLast(ByteBuffer wire) {
    int last = wire.position() - 1;
    wire.put(last, (byte) (wire.get(last) ^ 1));
  }

  private static List<String> play(Provider provider, Provider other, boolean client, Script script)
      throws Exception {
    EnginePair pair =
        client ? Peers.pair(provider, other, Kind.EC) : Peers.pair(other, provider, Kind.EC);
    Scene scene =
        client
            ? new Scene(pair, pair.client, pair.server, pair.toServer, pair.toClient)
            : new Scene(pair, pair.server, pair.client, pair.toClient, pair.toServer);
    Transcript transcript = new Transcript(scene.engine);
    script.run(scene, transcript);
    return transcript.lines();
  }

  private static Stream<DynamicTest> both(String name, Script script) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Provider other : List.of(Contexts.SUN, Contexts.OURS)) {
      for (boolean client : new boolean[] {true, false}) {
        tests.add(
            DynamicTest.dynamicTest(
                name + (client ? ", client of " : ", server of ") + other.getName(),
                () ->
                    assertEquals(
                        String.join("\n", play(Contexts.SUN, other, client, script)),
                        String.join("\n", play(Contexts.OURS, other, client, script)))));
      }
    }
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> closing() {
    return Stream.of(
            both(
                "close before the handshake",
                (s, t) -> {
                  t.closeOutbound();
                  t.wrap("x", s.out);
                  t.unwrap(s.in);
                  t.closeInbound();
                  t.unwrap(s.in);
                  t.wrap("x", s.out);
                  t.beginHandshake();
                }),
            both(
                "end of input before the handshake",
                (s, t) -> {
                  t.closeInbound();
                  t.unwrap(s.in);
                  t.closeOutbound();
                  t.wrap("x", s.out);
                }),
            both(
                "close, data on its way, answer",
                (s, t) -> {
                  s.handshake();
                  t.closeOutbound();
                  t.closeOutbound();
                  t.wrap("lost", s.out);
                  t.wrap("lost", s.out);
                  s.peerWraps("late");
                  t.unwrap(s.in);
                  s.peerReads();
                  s.peerWraps("");
                  t.unwrap(s.in);
                  t.closeInbound();
                  t.unwrap(s.in);
                  t.beginHandshake();
                }),
            both(
                "the peer closes",
                (s, t) -> {
                  s.handshake();
                  s.peer.closeOutbound();
                  s.peerWraps("");
                  t.unwrap(s.in);
                  t.unwrap(s.in);
                  t.wrap("lost", s.out);
                  t.wrap("lost", s.out);
                  t.closeInbound();
                  t.closeOutbound();
                  t.wrap("", s.out);
                }),
            both(
                "both close at once",
                (s, t) -> {
                  s.handshake();
                  s.peer.closeOutbound();
                  s.peerWraps("");
                  t.closeOutbound();
                  t.wrap("", s.out);
                  t.unwrap(s.in);
                  t.wrap("", s.out);
                }),
            both(
                "end of input without close_notify",
                (s, t) -> {
                  s.handshake();
                  t.closeInbound();
                  t.closeInbound();
                  t.wrap("still goes out", s.out);
                  t.unwrap(s.in);
                  t.closeOutbound();
                  t.wrap("", s.out);
                  t.wrap("", s.out);
                  t.log("valid", () -> s.engine.getSession().isValid());
                }))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> failing() {
    return Stream.of(
            both(
                "a damaged record",
                (s, t) -> {
                  s.handshake();
                  s.peerWraps("hello");
                  damageLast(s.in);
                  t.unwrap(s.in);
                  t.unwrap(s.in);
                  t.wrap("x", s.out);
                  t.wrap("x", s.out);
                  t.closeInbound();
                  t.closeOutbound();
                  t.log("valid", () -> s.engine.getSession().isValid());
                }),
            both(
                "the peer's alert after its failure",
                (s, t) -> {
                  s.handshake();
                  t.wrap("hello", s.out);
                  damageLast(s.out);
                  try {
                    s.peerReads();
                  } catch (SSLException e) {
                    s.peerWraps("");
                  }
                  t.unwrap(s.in);
                  t.unwrap(s.in);
                  t.wrap("x", s.out);
                  t.closeInbound();
                }),
            both(
                "end of input in the handshake",
                (s, t) -> {
                  t.beginHandshake();
                  t.beginHandshake();
                  if (s.engine.getUseClientMode()) {
                    t.wrap("", s.out);
                  }
                  t.unwrap(s.in);
                  t.closeInbound();
                  t.closeInbound();
                  t.unwrap(s.in);
                }))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> alertsInTheClear() {
    List<DynamicTest> tests = new ArrayList<>();
    for (int level : new int[] {1, 2}) {
      for (int alert :
          new int[] {0, 10, 20, 22, 40, 42, 46, 48, 50, 51, 70, 71, 80, 90, 100, 112}) {
        // SunJSSE calls a fatal user_canceled a close_notify.
        if (level == 1 || alert != 90) {
          tests.add(
              DynamicTest.dynamicTest(
                  "level " + level + " alert " + alert,
                  () -> {
                    Script script =
                        (s, t) -> {
                          t.beginHandshake();
                          t.wrap("", s.out);
                          s.in.put(new byte[] {21, 3, 3, 0, 2, (byte) level, (byte) alert});
                          t.unwrap(s.in);
                          t.wrap("", s.out);
                          t.wrap("", s.out);
                        };
                    assertEquals(
                        String.join("\n", play(Contexts.SUN, Contexts.SUN, true, script)),
                        String.join("\n", play(Contexts.OURS, Contexts.SUN, true, script)));
                  }));
        }
      }
    }
    return tests.stream();
  }
}
