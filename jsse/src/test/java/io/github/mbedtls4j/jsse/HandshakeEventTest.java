package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Identity;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import io.github.mbedtls4j.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Flight Recorder gets to know of handshakes. */
class HandshakeEventTest {
  private static final String OURS = "io.github.mbedtls4j.TLSHandshake";
  private static final String JDK = "jdk.TLSHandshake";
  private static final String CERTIFICATE = "jdk.X509Certificate";
  private static final List<String> FIELDS =
      List.of("peerHost", "peerPort", "protocolVersion", "cipherSuite", "certificateId");

  @TempDir Path directory;

  private interface Body {
    void run() throws Exception;
  }

  private Map<String, List<RecordedEvent>> record(Body body, String... names) throws Exception {
    Path file = directory.resolve("events.jfr");
    try (Recording recording = new Recording()) {
      Stream.of(names).forEach(recording::enable);
      recording.start();
      body.run();
      recording.stop();
      recording.dump(file);
    }
    Map<String, List<RecordedEvent>> events =
        RecordingFile.readAllEvents(file).stream()
            .collect(Collectors.groupingBy(event -> event.getEventType().getName()));
    Files.delete(file);
    return events;
  }

  private static void connect(Provider client, Provider server, Identity identity)
      throws Exception {
    EnginePair pair =
        Peers.pair(
            Contexts.client(client).createSSLEngine("localhost", 443),
            Contexts.server(server, identity).createSSLEngine());
    for (var engine : List.of(pair.client, pair.server)) {
      engine.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"});
    }
    pair.handshake();
  }

  private static List<Object> values(RecordedEvent event) {
    return FIELDS.stream().map(event::getValue).toList();
  }

  /** The identifier of a certificate is its hash code, which JDKs widen in different ways. */
  private static Identity identity(boolean negativeHash) throws Exception {
    Identity identity;
    do {
      identity = TestPki.issue(TestPki.root(Kind.EC), "CN=server", Kind.EC);
    } while ((identity.leaf().hashCode() < 0) != negativeHash);
    return identity;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theJdksEventAndOursSayTheSame(boolean negativeHash) throws Exception {
    Identity identity = identity(negativeHash);
    Map<String, List<RecordedEvent>> events =
        record(
            () -> {
              connect(Contexts.OURS, Contexts.OURS, identity);
              connect(Contexts.SUN, Contexts.SUN, identity);
            },
            OURS,
            JDK,
            CERTIFICATE);
    assertEquals(2, events.get(OURS).size());
    // A client with a certificate of its peer; SunJSSE tells nothing of the server's side.
    RecordedEvent client = withCertificate(events.get(OURS));
    assertEquals(values(withCertificate(events.get(JDK))), values(client));
    assertEquals("localhost", client.getString("peerHost"));
    assertEquals(443, client.getInt("peerPort"));
    assertEquals("TLSv1.2", client.getString("protocolVersion"));
    assertTrue(client.getDuration().toNanos() > 0);
    // The JDK tells of the certificate itself, since it parsed it.
    assertTrue(
        events.get(CERTIFICATE).stream()
            .anyMatch(
                event ->
                    event.getLong("certificateId") == client.getLong("certificateId")
                        && event.getString("subject").equals("CN=server")));
    RecordedEvent server =
        events.get(OURS).stream()
            .filter(event -> event.getLong("certificateId") == 0)
            .findFirst()
            .orElseThrow();
    assertEquals("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", server.getString("cipherSuite"));
  }

  private static RecordedEvent withCertificate(List<RecordedEvent> events) {
    return events.stream()
        .filter(event -> event.getLong("certificateId") != 0)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void offUnlessAskedFor() throws Exception {
    Map<String, List<RecordedEvent>> events =
        record(
            () -> connect(Contexts.OURS, Contexts.OURS, TestPki.server(Kind.EC)),
            "jdk.JVMInformation");
    assertEquals(null, events.get(OURS));
  }

  /** A run-time image need not have jdk.jfr. */
  @Test
  void withoutTheFlightRecorder() throws Exception {
    ChildJvm.of(Handshaking.class)
        .with("--limit-modules", "java.naming,java.logging,jdk.crypto.ec")
        .run()
        .expect("jfr: false", "connected: TLSv1.2");
  }

  /** Main of a child JVM. */
  static final class Handshaking {
    private Handshaking() {}

    public static void main(String[] arguments) throws Exception {
      System.out.println("jfr: " + ModuleLayer.boot().findModule("jdk.jfr").isPresent());
      System.out.println("connected: " + Peers.connected().client.getSession().getProtocol());
    }
  }
}
