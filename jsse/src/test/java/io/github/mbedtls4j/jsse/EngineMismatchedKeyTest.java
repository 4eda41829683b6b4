package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.mbedtls4j.jsse.TestPki.Identity;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key manager that gives a key with another key's certificate: the peer need not find out. */
class EngineMismatchedKeyTest {
  private static final String REFUSED = "the certificate is not that of the private key beside it";

  @ParameterizedTest
  @EnumSource(Kind.class)
  void server(Kind kind) throws Exception {
    Identity mixed = new Identity(TestPki.client(kind).key, TestPki.server(kind).chain);
    SSLContext server = Contexts.server(Contexts.OURS, mixed);
    // Every time, not the first alone.
    for (int i = 0; i < 2; i++) {
      refuses(
          new EnginePair(
              Contexts.client(Contexts.SUN).createSSLEngine("localhost", 443),
              server.createSSLEngine()));
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void client(Kind kind) throws Exception {
    Identity mixed = new Identity(TestPki.server(kind).key, TestPki.client(kind).chain);
    EnginePair pair =
        new EnginePair(
            Contexts.client(Contexts.OURS, mixed).createSSLEngine("localhost", 443),
            Contexts.server(Contexts.SUN, TestPki.server(kind)).createSSLEngine());
    pair.server.setNeedClientAuth(true);
    refuses(pair);
  }

  private static void refuses(EnginePair pair) {
    SSLHandshakeException e = assertThrows(SSLHandshakeException.class, pair::handshake);
    assertEquals(REFUSED, e.getMessage());
  }
}
