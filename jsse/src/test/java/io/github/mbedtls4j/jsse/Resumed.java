package io.github.mbedtls4j.jsse;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.security.Provider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.junit.jupiter.api.DynamicTest;

/** A client's and a server's context that connect more than once. */
final class Resumed {
  static final String TICKETS = "jdk.tls.client.enableSessionTicketExtension";

  final SSLContext client;
  final SSLContext server;

  Resumed(SSLContext client, SSLContext server) {
    this.client = client;
    this.server = server;
  }

  /** Contexts of two providers; the server has an identity of some kind. */
  static Resumed of(Provider client, Provider server, Kind kind) throws Exception {
    return new Resumed(Contexts.client(client), Contexts.server(server, TestPki.server(kind)));
  }

  static Resumed ours() throws Exception {
    return of(Contexts.OURS, Contexts.OURS, Kind.EC);
  }

  /** What a test sets on engines before their handshake. */
  interface Setup {
    void accept(EnginePair pair) throws Exception;
  }

  /** Engines before their handshake. */
  EnginePair pair() {
    return pair("localhost", 443);
  }

  EnginePair pair(String host, int port) {
    return Peers.pair(client.createSSLEngine(host, port), server.createSSLEngine("peer", 1));
  }

  /** Engines after their handshake. */
  EnginePair connect() throws Exception {
    return connect(pair -> {});
  }

  EnginePair connect(Setup setup) throws Exception {
    EnginePair pair = pair();
    setup.accept(pair);
    pair.handshake();
    return pair;
  }

  /** Whether the client of the second connection went on with the session of the first. */
  static boolean same(EnginePair first, EnginePair second) {
    SSLSession one = first.client.getSession();
    SSLSession two = second.client.getSession();
    return Arrays.equals(one.getId(), two.getId())
        && one.getCreationTime() == two.getCreationTime();
  }

  /** Whether a new connection goes on with the session of another one. */
  boolean resumes(EnginePair first, Setup setup) throws Exception {
    return same(first, connect(setup));
  }

  boolean resumes(EnginePair first) throws Exception {
    return resumes(first, pair -> {});
  }

  static void parameters(SSLEngine engine, Consumer<SSLParameters> change) {
    SSLParameters parameters = engine.getSSLParameters();
    change.accept(parameters);
    engine.setSSLParameters(parameters);
  }

  static int count(SSLSessionContext sessions) {
    return Collections.list(sessions.getIds()).size();
  }

  /** Code that may depend on a system property. */
  interface Body {
    void run() throws Exception;
  }

  /** Runs code with a system property. */
  static void with(String property, Object value, Body body) throws Exception {
    String before = System.setProperty(property, value.toString());
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

  /** What a test does with a pair of providers. */
  interface Case {
    void run(Provider client, Provider server, boolean tickets) throws Exception;
  }

  /** A test for every combination in which one end at least is ours, by ticket and by id. */
  static Stream<DynamicTest> each(Case body) {
    List<DynamicTest> tests = new ArrayList<>();
    for (boolean tickets : new boolean[] {true, false}) {
      Peers.Body both =
          (client, server) -> with(TICKETS, tickets, () -> body.run(client, server, tickets));
      Peers.each(both)
          .map(
              test ->
                  DynamicTest.dynamicTest(
                      test.getDisplayName() + (tickets ? " by ticket" : " by id"),
                      test.getExecutable()))
          .forEach(tests::add);
    }
    return tests.stream();
  }
}
