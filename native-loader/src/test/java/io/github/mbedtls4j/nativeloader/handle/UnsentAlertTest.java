package io.github.mbedtls4j.nativeloader.handle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.nativeloader.binding.LoadedLibrary;
import io.github.mbedtls4j.nativeloader.binding.Ssl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that is answered by alerts, sent to somebody who takes none of them. */
class UnsentAlertTest {
  /** The shortest record of TLS is longer than its header. */
  private static final int MORE_THAN_FIT = NativeBuffer.PAGE / SslTransport.HEADER;

  @BeforeAll
  static void load() {
    MbedTls.load();
  }

  private static int answerToHelloRequest(SslPair pair) {
    pair.server.status(
        block -> LoadedLibrary.invokeInt("mbedtls_ssl_renegotiate", block + SslConnection.SSL_AT));
    pair.client.feed(SslPair.take(pair.server));
    try (NativeBuffer nothing = NativeBuffer.allocate(10)) {
      return pair.client.read(nothing);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {SslPair.PSK_AES_128_GCM, SslPair.PSK_AES_128_CBC})
  void noRoomForAnAlertEndsTheConnection(int suite) {
    try (SslPair pair = new SslPair(suite)) {
      byte[] data = new byte[NativeBuffer.CHUNK];
      SslPair.write(pair.client, data);
      int answers = 0;
      int result;
      do {
        result = answerToHelloRequest(pair);
        answers++;
      } while (result == SslConnection.WANT_READ && answers < MORE_THAN_FIT);
      assertEquals(Ssl.MBEDTLS_ERR_SSL_INTERNAL_ERROR, result);
      assertTrue(answers > 1);
      pair.server.feed(SslPair.take(pair.client));
      assertArrayEquals(data, SslPair.read(pair.server));
    }
  }
}
