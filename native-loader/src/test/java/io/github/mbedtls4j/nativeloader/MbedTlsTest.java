package io.github.mbedtls4j.nativeloader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MbedTlsTest {
  @Test
  void versions() {
    MbedTls.VersionInfo info = MbedTls.versionInfo();
    assertEquals(2, info.major());
    assertEquals(28, info.minor());
    assertEquals("mbed tls 2.28." + info.micro(), MbedTls.version().toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "md5",
        "md5_c",
        "mbedtls_md5",
        "mbedtls_md5_c",
        "MD5",
        "MD5_C",
        "MBEDTLS_MD5",
        "MBEDTLS_MD5_C"
      })
  void featureSpellings(String feature) {
    assertTrue(MbedTls.hasFeature(feature));
  }

  @Test
  void unknownFeatures() {
    assertFalse(MbedTls.hasFeature("i do not exist"));
    assertFalse(MbedTls.hasFeature(""));
    assertTrue(MbedTls.hasFunction("mbedtls_md_init"));
    assertFalse(MbedTls.hasFunction("mbedtls_no_such_function"));
  }

  @Test
  void tellsWhereTheLibraryCameFrom() {
    assertTrue(List.of("bundled", "system", "path").contains(MbedTls.source()));
    assertFalse(MbedTls.path().isEmpty());
    String wanted = System.getProperty("mbedtls4j.library", "");
    if (wanted.equals("bundled") || wanted.equals("system")) {
      assertEquals(wanted, MbedTls.source());
    }
  }
}
