package io.github.mbedtls4j.jsse;

import static io.github.mbedtls4j.jsse.Resumed.same;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import io.github.mbedtls4j.jsse.internal.ClockedContext;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** SSLSessionContext: its size, its timeout, and what an application sees of it. */
class SessionCacheTest {
  private static final int DAY = 86_400;

  /** Milliseconds. */
  private long now = 1_000_000_000_000L;

  private SSLContext clocked(TestPki.Identity... identities) throws Exception {
    return ClockedContext.of(Contexts.OURS, () -> now, TestPki.keys(identities), TestPki.trust());
  }

  private Resumed clocked() throws Exception {
    return new Resumed(clocked(new TestPki.Identity[0]), clocked(TestPki.server(Kind.EC)));
  }

  @TestFactory
  Stream<DynamicTest> answersAsSunJsse() {
    return Stream.of(Contexts.SUN, Contexts.OURS)
        .map(provider -> DynamicTest.dynamicTest(provider.getName(), () -> checkContext(provider)));
  }

  private static void checkContext(Provider provider) throws Exception {
    SSLContext context = Contexts.client(provider);
    for (SSLSessionContext sessions :
        List.of(context.getClientSessionContext(), context.getServerSessionContext())) {
      assertEquals(DAY, sessions.getSessionTimeout());
      assertEquals(20_480, sessions.getSessionCacheSize());
      assertFalse(sessions.getIds().hasMoreElements());
      assertThrows(NoSuchElementException.class, () -> sessions.getIds().nextElement());
      assertNull(sessions.getSession(new byte[0]));
      assertNull(sessions.getSession(new byte[32]));
      assertThrows(NullPointerException.class, () -> sessions.getSession(null));
      assertThrows(IllegalArgumentException.class, () -> sessions.setSessionTimeout(-1));
      assertThrows(IllegalArgumentException.class, () -> sessions.setSessionCacheSize(-1));
      sessions.setSessionTimeout(7);
      sessions.setSessionCacheSize(3);
      assertEquals(7, sessions.getSessionTimeout());
      assertEquals(3, sessions.getSessionCacheSize());
    }
    Resumed contexts = Resumed.of(provider, Contexts.OURS, Kind.EC);
    SSLSessionContext sessions = contexts.client.getClientSessionContext();
    SSLSession session = contexts.connect().client.getSession();
    assertSame(session, sessions.getSession(session.getId()));
    List<byte[]> ids = Collections.list(sessions.getIds());
    assertEquals(1, ids.size());
    assertArrayEquals(session.getId(), ids.get(0));
    // Arrays are copies.
    ids.get(0)[0] ^= 1;
    session.getId()[0] ^= 1;
    assertSame(session, sessions.getSession(session.getId()));
  }

  @Test
  void theClientForgetsAfterTheTimeout() throws Exception {
    Resumed contexts = clocked();
    contexts.server.getServerSessionContext().setSessionTimeout(0);
    EnginePair first = contexts.connect();
    SSLSession session = first.client.getSession();
    assertEquals(now, session.getCreationTime());
    // The age counts from the first connection, however often it is resumed.
    now += DAY * 600L;
    assertTrue(contexts.resumes(first));
    now += DAY * 400L - 1;
    assertTrue(contexts.resumes(first));
    assertTrue(session.isValid());
    now++;
    EnginePair second = contexts.connect();
    assertFalse(same(first, second));
    assertFalse(session.isValid());
    assertNull(contexts.client.getClientSessionContext().getSession(session.getId()));
    assertEquals(1, Resumed.count(contexts.client.getClientSessionContext()));
  }

  @Test
  void theServerForgetsAfterTheTimeout() throws Exception {
    for (boolean tickets : new boolean[] {true, false}) {
      Resumed.with(
          Resumed.TICKETS,
          tickets,
          () -> {
            Resumed contexts = clocked();
            contexts.client.getClientSessionContext().setSessionTimeout(0);
            EnginePair first = contexts.connect();
            now += DAY * 1000L - 1;
            assertTrue(contexts.resumes(first));
            now++;
            assertFalse(contexts.resumes(first));
            assertFalse(first.server.getSession().isValid());
            assertEquals(1, Resumed.count(contexts.server.getServerSessionContext()));
          });
    }
  }

  @Test
  void zeroIsForEver() throws Exception {
    Resumed contexts = clocked();
    contexts.client.getClientSessionContext().setSessionTimeout(0);
    contexts.server.getServerSessionContext().setSessionTimeout(0);
    EnginePair first = contexts.connect();
    now += DAY * 1000L * 365 * 100;
    assertTrue(contexts.resumes(first));
    // A new timeout is for the sessions of before, too.
    contexts.client.getClientSessionContext().setSessionTimeout(DAY);
    assertEquals(0, Resumed.count(contexts.client.getClientSessionContext()));
    assertFalse(contexts.resumes(first));
  }

  /** The server says how long it keeps a ticket (RFC 5077 section 3.3). */
  @Test
  void theServersHintIsRespected() throws Exception {
    for (Provider server : List.of(Contexts.OURS, Contexts.SUN)) {
      Resumed contexts =
          new Resumed(
              clocked(new TestPki.Identity[0]), Contexts.server(server, TestPki.server(Kind.EC)));
      contexts.server.getServerSessionContext().setSessionTimeout(100);
      EnginePair first = contexts.connect();
      now += 99_999;
      assertTrue(contexts.resumes(first));
      now += 200_000;
      contexts.server.getServerSessionContext().setSessionTimeout(0);
      EnginePair second = contexts.pair();
      second.client.setEnableSessionCreation(false);
      // It does not even ask.
      assertEquals(
          "No new session is allowed and no existing session can be resumed",
          Peers.run(second).client().getMessage());
    }
  }

  @Test
  void theLeastRecentlyUsedGoFirst() throws Exception {
    Resumed contexts = Resumed.ours();
    SSLSessionContext sessions = contexts.client.getClientSessionContext();
    sessions.setSessionCacheSize(3);
    List<EnginePair> pairs = new ArrayList<>();
    for (int port = 1; port <= 3; port++) {
      pairs.add(connect(contexts, port));
    }
    assertTrue(same(pairs.get(0), connect(contexts, 1)));
    connect(contexts, 4);
    assertEquals(3, Resumed.count(sessions));
    assertTrue(same(pairs.get(0), connect(contexts, 1)));
    assertNull(sessions.getSession(pairs.get(1).client.getSession().getId()));
    assertNotNull(sessions.getSession(pairs.get(2).client.getSession().getId()));
    // What is no longer kept is no less valid.
    assertTrue(pairs.get(1).client.getSession().isValid());
    assertFalse(same(pairs.get(1), connect(contexts, 2)));
    sessions.setSessionCacheSize(1);
    assertEquals(1, Resumed.count(sessions));
    sessions.setSessionCacheSize(0);
    for (int port = 10; port < 20; port++) {
      connect(contexts, port);
    }
    assertEquals(11, Resumed.count(sessions));
  }

  private static EnginePair connect(Resumed contexts, int port) throws Exception {
    EnginePair pair = contexts.pair("localhost", port);
    pair.handshake();
    return pair;
  }

  @Test
  void theServersCacheIsBoundedToo() throws Exception {
    Resumed contexts = Resumed.ours();
    SSLSessionContext sessions = contexts.server.getServerSessionContext();
    sessions.setSessionCacheSize(2);
    EnginePair first = connect(contexts, 1);
    connect(contexts, 2);
    connect(contexts, 3);
    assertEquals(2, Resumed.count(sessions));
    assertFalse(same(first, connect(contexts, 1)));
  }

  /** A new session takes the place of the one that the client would have asked for. */
  @Test
  void oneSessionForEachPeer() throws Exception {
    Resumed contexts = Resumed.ours();
    for (int i = 0; i < 5; i++) {
      contexts.connect();
      new Resumed(contexts.client, Contexts.server(Contexts.OURS, TestPki.server(Kind.EC)))
          .connect();
    }
    assertEquals(1, Resumed.count(contexts.client.getClientSessionContext()));
  }

  @Test
  void settingsOfTheJvm() throws Exception {
    Resumed.with(
        "javax.net.ssl.sessionCacheSize",
        17,
        () ->
            Resumed.with(
                "jdk.tls.server.sessionTicketTimeout",
                50,
                () -> {
                  for (Provider provider : List.of(Contexts.SUN, Contexts.OURS)) {
                    SSLContext context = Contexts.client(provider);
                    assertEquals(17, context.getClientSessionContext().getSessionCacheSize());
                    assertEquals(17, context.getServerSessionContext().getSessionCacheSize());
                    assertEquals(50, context.getClientSessionContext().getSessionTimeout());
                    assertEquals(50, context.getServerSessionContext().getSessionTimeout());
                  }
                }));
    for (String wrong : List.of("-1", "x", "604801")) {
      Resumed.with(
          "jdk.tls.server.sessionTicketTimeout",
          wrong,
          () -> {
            for (Provider provider : List.of(Contexts.SUN, Contexts.OURS)) {
              assertEquals(
                  DAY,
                  Contexts.client(provider).getServerSessionContext().getSessionTimeout(),
                  provider.getName());
            }
          });
    }
  }

  @Test
  void nothingSecretIsShown() throws Exception {
    Resumed contexts = Resumed.ours();
    SSLSession session = contexts.connect().client.getSession();
    assertTrue(session.toString().matches("Session\\(TLSv1\\.2, [A-Z0-9_]+, -?\\d+\\)"));
  }

  @Test
  void invalidatedInTheHandshake() throws Exception {
    RecordingTrust trust =
        new RecordingTrust() {
          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
              throws CertificateException {
            super.checkServerTrusted(chain, type, engine);
            engine.getHandshakeSession().invalidate();
          }
        };
    Resumed contexts =
        new Resumed(
            Contexts.of(Contexts.OURS, null, new RecordingTrust[] {trust}),
            Contexts.server(Contexts.OURS, TestPki.server(Kind.EC)));
    EnginePair first = contexts.connect();
    assertFalse(first.client.getSession().isValid());
    assertEquals(0, Resumed.count(contexts.client.getClientSessionContext()));
    assertFalse(contexts.resumes(first));
    assertEquals(2, trust.chains.size());
  }
}
