package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLKeyException;
import org.junit.jupiter.api.Test;

/** Connections that share a session export material of their own. */
class ResumedExporterTest {
  private static final String LABEL = "EXPORTER-test";

  private static byte[] export(Object exporter) throws SSLKeyException {
    return assertInstanceOf(KeyingMaterialExporter.class, exporter)
        .exportKeyingMaterialData(LABEL, null, 32);
  }

  private static void close(SSLEngine engine) throws Exception {
    engine.closeOutbound();
    assertThrows(Exception.class, engine::closeInbound);
  }

  @Test
  void enginesTellThemApart() throws Exception {
    Resumed contexts = Resumed.ours();
    EnginePair first = contexts.connect();
    byte[] one = export(first.client);
    assertArrayEquals(one, export(first.server));
    assertArrayEquals(one, export(first.client.getSession()));

    EnginePair second = contexts.connect();
    assertSame(first.client.getSession(), second.client.getSession());
    byte[] two = export(second.client);
    assertArrayEquals(two, export(second.server));
    assertFalse(Arrays.equals(one, two));
    assertArrayEquals(one, export(first.client));
    assertThrows(IllegalStateException.class, () -> export(second.client.getSession()));

    close(first.client);
    assertArrayEquals(two, export(second.client.getSession()));
    assertThrows(IllegalStateException.class, () -> export(first.client));
  }

  @Test
  void nothingBeforeTheHandshake() throws Exception {
    SSLEngine engine = Resumed.ours().pair().client;
    assertThrows(SSLKeyException.class, () -> export(engine));
  }
}
