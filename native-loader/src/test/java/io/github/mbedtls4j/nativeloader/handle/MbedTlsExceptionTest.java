package io.github.mbedtls4j.nativeloader.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.MbedTls;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every negative result of a C function becomes an exception that names it. */
class MbedTlsExceptionTest {
  @BeforeAll
  static void load() {
    MbedTls.load();
  }

  @Test
  void everyCode() {
    int named = 0;
    for (int code = 1; code <= 0x7FFF; code++) {
      int result = -code;
      MbedTlsException e =
          assertThrows(MbedTlsException.class, () -> MbedTlsException.check("mbedtls_f", result));
      assertEquals(result, e.code());
      assertEquals("mbedtls_f", e.function());
      assertTrue(
          e.getMessage().endsWith(String.format(Locale.ROOT, " [-0x%04X]", code)), e::getMessage);
      assertTrue(e.is(-(code & 0xFF80)) || code < 0x80, e::getMessage);
      named += e.getMessage().contains("UNKNOWN") ? 0 : 1;
    }
    assertTrue(named > 200, named + " codes");
  }

  @Test
  void resultsThatAreNoErrors() {
    assertEquals(0, MbedTlsException.check("mbedtls_f", 0));
    assertEquals(7, MbedTlsException.check("mbedtls_f", 7));
  }
}
