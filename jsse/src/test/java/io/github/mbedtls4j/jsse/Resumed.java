package io.github.mbedtls4j.jsse;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.security.Provider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.DynamicTest;

/** A client's and a server's context that connect more than once. */
final class Resumed {
  static final String HOST = "localhost";
  static final int PORT = 443;

  final SSLContext client;
  final SSLContext server;

  Resumed(SSLContext client, SSLContext server) {
    this.client = client;
    this.server = server;
  }

  /** Contexts of two providers; the server has an identity of some kind. */
  static Resumed of(Provider client, Provider server, Kind kind) throws Exception {
    return new Resumed(
        Contexts.client(client), Contexts.server(server, TestPki.server(kind)));
  }

  static Resumed ours() throws Exception {
    return of(Contexts.OURS, Contexts.OURS, Kind.EC);
  }

  /** Engines before their handshake. */
  EnginePair pair() {
    return Peers.pair(client.createSSLEngine(HOST, PORT), server.createSSLEngine("peer", 1));
  }

  /** Engines after their handshake. */
  EnginePair connect() throws Exception {
    EnginePair pair = pair();
    pair.handshake();
    return pair;
  }

  /** Code that makes contexts. */
  interface Body {
    void run() throws Exception;
  }

  /** Runs code with a system property. */
  static void with(String property, String value, Body body) throws Exception {
    String before = System.setProperty(property, value);
    try {
      body.run();
    } finally {
      if (before == null) {
        System.clearProperty(property);
      } else {
        System.setProperty(property, before);
      }
    }
  }

  /** What a test does with a pair of providers, by tickets or not. */
  interface Case {
    void run(Provider client, Provider server, boolean tickets) throws Exception;
  }

  /** A test for every combination in which one end at least is ours, by ticket and by id. */
  static Stream<DynamicTest> each(Case body) {
    List<DynamicTest> tests = new ArrayList<>();
    for (boolean tickets : new boolean[] {true, false}) {
      Peers.each((c, s) -> {}).map(DynamicTest::getDisplayName).forEach(x -> {});
      for (Provider[] pair :
          new Provider[][] {
            {Contexts.OURS, Contexts.OURS},
            {Contexts.OURS, Contexts.SUN},
            {Contexts.SUN, Contexts.OURS}
          }) {
        tests.add(
            DynamicTest.dynamicTest(
                pair[0].getName()
                    + " to "
                    + pair[1].getName()
                    + (tickets ? ", tickets" : ", ids"),
                () ->
                    with(
                        "jdk.tls.client.enableSessionTicketExtension",
                        String.valueOf(tickets),
                        () -> body.run(pair[0], pair[1], tickets))));
      }
    }
    return tests.stream();
  }

  static int count(SSLContext context, boolean client) {
    return Collections.list(
            (client ? context.getClientSessionContext() : context.getServerSessionContext())
                .getIds())
        .size();
  }

  /** The session of an engine. */
  static SSLSession session(SSLEngine engine) {
    return engine.getSession();
  }
}
