package io.github.mbedtls4j.jsse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.nativeloader.handle.MbedTlsException;
import io.github.mbedtls4j.nativeloader.handle.SslState;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;
import org.junit.jupiter.api.Test;

/** Every error code of the library becomes an exception that names it. */
class LibraryErrorsTest {
  @Test
  void everyCode() {
    MbedTls.load();
    int named = 0;
    for (int code = 1; code <= 0x7FFF; code++) {
      String text = MbedTlsException.text(-code);
      // error.c knows high and low codes; all others are sums of the two.
      if (text.startsWith("UNKNOWN")) {
        continue;
      }
      named++;
      String expected = text + String.format(Locale.ROOT, " [-0x%04X]", code);
      Alert alert = Alert.ofError(SslState.HANDSHAKE_OVER, -code);
      for (boolean handshake : new boolean[] {true, false}) {
        SSLException e = alert.ofLibrary("step", -code, handshake);
        assertEquals("step: " + expected, e.getMessage());
        Class<?> type =
            alert == Alert.UNEXPECTED_MESSAGE
                ? SSLProtocolException.class
                : handshake ? SSLHandshakeException.class : SSLException.class;
        assertSame(type, e.getClass());
      }
    }
    assertTrue(named > 200, named + " codes");
  }
}
