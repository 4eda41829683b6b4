package io.github.mbedtls4j.nativeloader.handle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.testing.ChildJvm;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectRecordsTest {
  private static final int[] SIZES = {
    1, 2, 1000, 16_355, 16_356, 16_357, 16_360, 16_363, 16_364, 16_383, 16_384
  };

  private static final byte WARNING = 1;
  private static final byte NO_RENEGOTIATION = 100;
  private static final int BAD_RECORD_MAC = -0x7180;

  @BeforeAll
  static void load() {
    MbedTls.load();
  }

  /** Connections with an exchange of data behind them, after which nothing is left to read. */
  private static SslPair warm(int suite) {
    SslPair pair = new SslPair(suite);
    byte[] data = {1, 2, 3};
    assertArrayEquals(data, SslPair.send(pair.client, pair.server, data));
    assertArrayEquals(data, SslPair.send(pair.server, pair.client, data));
    return pair;
  }

  /** It could rot unnoticed otherwise: whatever is not found goes through callbacks. */
  @Test
  void layoutIsFound() {
    assertNotNull(SslLayout.found());
  }

  @ParameterizedTest
  @ValueSource(ints = {SslPair.PSK_AES_128_GCM, SslPair.PSK_CHACHA20, SslPair.PSK_AES_128_CBC})
  void allSizesArriveBothWays(int suite) {
    Random random = new Random(1);
    try (SslPair pair = warm(suite)) {
      for (int size : SIZES) {
        byte[] data = new byte[size];
        random.nextBytes(data);
        assertArrayEquals(data, SslPair.send(pair.client, pair.server, data), size + " up");
        assertArrayEquals(data, SslPair.send(pair.server, pair.client, data), size + " down");
      }
    }
  }

  @Test
  void onlyRecordsOfAKnownLengthAreWrittenDirectly() {
    try (SslPair aead = warm(SslPair.PSK_AES_128_GCM);
        SslPair cbc = warm(SslPair.PSK_AES_128_CBC)) {
      assertTrue(aead.client.transport().writesDirectly());
      SslPair.write(aead.client, new byte[10]);
      // It waits in C's own buffer.
      assertFalse(aead.client.transport().writesDirectly());
      assertEquals(10 + aead.client.recordExpansion(), aead.client.transport().outboundRecord());
      SslPair.take(aead.client);
      assertTrue(aead.client.transport().writesDirectly());
      assertEquals(0, aead.client.transport().outboundRecord());
      assertFalse(cbc.client.transport().writesDirectly());
    }
  }

  /** What goes straight into C's buffer leaves the way of the callbacks free. */
  @Test
  void recordsOfDataAreFedDirectly() {
    try (SslPair pair = warm(SslPair.PSK_AES_128_CBC)) {
      SslPair.write(pair.client, new byte[] {1});
      ByteBuffer first = SslPair.take(pair.client);
      SslPair.write(pair.client, new byte[] {2});
      ByteBuffer second = SslPair.take(pair.client);
      SslPair.write(pair.client, new byte[] {3});
      ByteBuffer third = SslPair.take(pair.client);
      pair.server.feed(first);
      assertFalse(first.hasRemaining());
      pair.server.feed(second);
      assertThrows(IllegalStateException.class, () -> pair.server.feed(third));
      assertArrayEquals(new byte[] {1}, SslPair.read(pair.server));
      assertArrayEquals(new byte[] {2}, SslPair.read(pair.server));
      pair.server.feed(third);
      assertArrayEquals(new byte[] {3}, SslPair.read(pair.server));
    }
  }

  @Test
  void aRecordThatWasNotTakenMakesWay() {
    try (SslPair pair = warm(SslPair.PSK_AES_128_GCM)) {
      SslPair.write(pair.client, new byte[] {1});
      SslPair.write(pair.client, new byte[] {2, 2});
      assertEquals(0, pair.client.sendAlert(WARNING, NO_RENEGOTIATION));
      pair.server.feed(SslPair.take(pair.client));
      assertArrayEquals(new byte[] {1}, SslPair.read(pair.server));
      pair.server.feed(SslPair.take(pair.client));
      assertArrayEquals(new byte[] {2, 2}, SslPair.read(pair.server));
      pair.server.feed(SslPair.take(pair.client));
      try (NativeBuffer nothing = NativeBuffer.allocate(10)) {
        assertEquals(SslConnection.WANT_READ, pair.server.read(nothing));
      }
      assertFalse(pair.server.pending());
      byte[] data = {3, 3, 3};
      assertArrayEquals(data, SslPair.send(pair.client, pair.server, data));
    }
  }

  /** A part of a record stays behind, and the next record must not overwrite it. */
  @Test
  void aRecordThatWasReadInPartStays() {
    try (SslPair pair = warm(SslPair.PSK_AES_128_GCM)) {
      SslPair.write(pair.client, new byte[] {1, 2, 3, 4});
      pair.server.feed(SslPair.take(pair.client));
      try (NativeBuffer two = NativeBuffer.allocate(2)) {
        assertEquals(2, pair.server.read(two));
        assertTrue(pair.server.pending());
        SslPair.write(pair.client, new byte[] {5});
        pair.server.feed(SslPair.take(pair.client));
        assertEquals(2, pair.server.read(two));
        assertArrayEquals(new byte[] {3, 4}, two.bytes(0, 2));
      }
      assertArrayEquals(new byte[] {5}, SslPair.read(pair.server));
    }
  }

  /** The alert goes through the callback although the data went past it. */
  @Test
  void aForgedRecordIsAnsweredByAnAlert() {
    try (SslPair pair = warm(SslPair.PSK_AES_128_GCM)) {
      SslPair.write(pair.server, new byte[] {9});
      SslPair.write(pair.client, new byte[100]);
      ByteBuffer record = SslPair.take(pair.client);
      record.put(50, (byte) (record.get(50) ^ 1));
      pair.server.feed(record);
      try (NativeBuffer target = NativeBuffer.allocate(200)) {
        assertEquals(BAD_RECORD_MAC, pair.server.read(target));
      }
      // What had been written before comes first, unharmed.
      pair.client.feed(SslPair.take(pair.server));
      assertArrayEquals(new byte[] {9}, SslPair.read(pair.client));
      assertEquals(21, SslPair.take(pair.server).get(0));
      assertEquals(0, pair.server.transport().outboundRecord());
    }
  }

  @Test
  void closedConnectionsTakeAndGiveNothing() {
    SslPair pair = warm(SslPair.PSK_AES_128_GCM);
    SslPair.write(pair.client, new byte[] {1});
    ByteBuffer record = SslPair.take(pair.client);
    SslPair.write(pair.client, new byte[] {2});
    pair.close();
    assertEquals(0, pair.client.transport().outboundRecord());
    assertThrows(
        IllegalStateException.class, () -> pair.client.takeRecord(ByteBuffer.allocate(100)));
    assertThrows(IllegalStateException.class, () -> pair.server.feed(record));
  }

  @Test
  void callbacksDoWithoutTheLayout() throws Exception {
    ChildJvm.of(SslPair.class).run().expect("layout: SslLayout[", "direct: true");
    ChildJvm.of(SslPair.class)
        .with("-D" + SslLayout.ENABLED + "=false")
        .run()
        .expect("layout: null", "direct: false");
  }
}
