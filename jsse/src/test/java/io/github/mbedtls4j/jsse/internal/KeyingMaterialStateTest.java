package io.github.mbedtls4j.jsse.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLKeyException;
import org.junit.jupiter.api.Test;

/** What no peer at hand can be made to do. */
class KeyingMaterialStateTest {
  private static final String RANDOM = "0102".repeat(16);

  private static HelloSecurity serverHello(String extensions) {
    HelloSecurity hello = new HelloSecurity();
    String body = "0303" + RANDOM + "02" + "aabb" + "c02b" + "00" + extensions;
    hello.serverHello(ByteBuffer.wrap(HexFormat.of().parseHex(body)));
    return hello;
  }

  private static KeyingMaterial material(HelloSecurity hello) {
    return new KeyingMaterial(
        new ReentrantLock(),
        null,
        Protocol.TLSV1_2,
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        hello);
  }

  @Test
  void readsServerHellos() {
    assertArrayEquals(HexFormat.of().parseHex(RANDOM), serverHello("").serverRandom());
    assertFalse(serverHello("").extendedMasterSecret());
    assertFalse(serverHello("0005" + "ff01000100").extendedMasterSecret());
    assertTrue(serverHello("0009" + "ff01000100" + "00170000").extendedMasterSecret());
  }

  /** RFC 7627 section 5.4. */
  @Test
  void withoutExtendedMasterSecretNothingIsExported() {
    KeyingMaterial material = material(serverHello(""));
    SSLKeyException e =
        assertThrows(
            SSLKeyException.class,
            () -> KeyingMaterial.export(material, "TLSv1.2", "label", null, 8));
    assertEquals("Exporters require extended master secrets", e.getMessage());
  }

  @Test
  void anAbandonedConnectionHasNothingToExport() {
    KeyingMaterial material = material(serverHello("0004" + "00170000"));
    assertThrows(
        IllegalStateException.class,
        () -> KeyingMaterial.export(material, "TLSv1.2", "label", null, 8));
  }

  @Test
  void theLastClientHelloCounts() {
    HelloSecurity hello = new HelloSecurity();
    hello.clientHello(ByteBuffer.wrap(new byte[40]));
    byte[] second = new byte[40];
    Arrays.fill(second, (byte) 7);
    hello.clientHello(ByteBuffer.wrap(second));
    assertArrayEquals(Arrays.copyOf(second, 32), hello.clientRandom());
  }
}
