package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.security.Provider;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSessionContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An SSLContext before its init, and after several. */
class ContextInitTest {
  static Stream<Provider> providers() {
    return Stream.of(Contexts.OURS, Contexts.SUN);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void beforeInit(Provider provider) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS", provider);
    assertThrows(IllegalStateException.class, context::createSSLEngine);
    assertThrows(IllegalStateException.class, () -> context.createSSLEngine("localhost", 1));
    assertThrows(IllegalStateException.class, context::getSocketFactory);
    assertThrows(IllegalStateException.class, context::getServerSocketFactory);
    SSLSessionContext clients = context.getClientSessionContext();
    SSLSessionContext servers = context.getServerSessionContext();
    clients.setSessionTimeout(11);
    servers.setSessionCacheSize(12);
    context.init(null, null, null);
    assertNotNull(context.createSSLEngine());
    assertSame(clients, context.getClientSessionContext());
    assertSame(servers, context.getServerSessionContext());
    assertEquals(11, context.getClientSessionContext().getSessionTimeout());
    assertEquals(12, context.getServerSessionContext().getSessionCacheSize());
  }

  @Test
  void parametersBeforeInit() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS", Contexts.OURS);
    assertEquals(1, context.getDefaultSSLParameters().getProtocols().length);
    assertEquals(3, context.getSupportedSSLParameters().getProtocols().length);
  }

  /** SunJSSE keeps them, whoever accepted their peers. */
  @Test
  void initForgetsTheSessionsAndKeepsTheirSettings() throws Exception {
    Resumed contexts = Resumed.of(Contexts.OURS, Contexts.OURS, Kind.EC);
    contexts.client.getClientSessionContext().setSessionTimeout(1300);
    EnginePair first = contexts.connect();
    assertTrue(contexts.resumes(first));
    contexts.client.init(null, TestPki.trust(), null);
    assertFalse(contexts.client.getClientSessionContext().getIds().hasMoreElements());
    assertEquals(1300, contexts.client.getClientSessionContext().getSessionTimeout());
    assertTrue(first.client.getSession().isValid());
    assertFalse(contexts.resumes(first));
  }
}
