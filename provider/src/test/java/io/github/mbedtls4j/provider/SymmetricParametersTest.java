package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricParametersTest {
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();
  private static final String IV12 = "040c000102030405060708090a0b";
  private static final String IV16 = "0410000102030405060708090a0b0c0d0e0f";

  /** Without the default tag length, which JDK 17 writes and JDK 25 does not. */
  private static String canonical(byte[] encoding) {
    String hex = HexFormat.of().formatHex(encoding);
    return hex.startsWith("30") && hex.endsWith("02010c")
        ? hex.substring(4, hex.length() - 6)
        : hex.startsWith("30") && !hex.contains("0201") ? hex.substring(4) : hex;
  }

  private static Outcome decode(AlgorithmParameters parameters, String hex, String format) {
    return Outcome.of(
        () -> {
          byte[] encoding = HexFormat.of().parseHex(hex);
          if (format == null) {
            parameters.init(encoding);
          } else {
            parameters.init(encoding, format);
          }
          return canonical(parameters.getEncoded());
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"AES", "GCM", "2.16.840.1.101.3.4.1"})
  void decodesAsSunJce(String algorithm) throws Exception {
    String[] encodings = {
      "",
      "30",
      "3080",
      IV16,
      IV16 + "00",
      IV12,
      "300e" + IV12,
      "3011" + IV12 + "02010c",
      "3011" + IV12 + "020110",
      "3011" + IV12 + "020111",
      "3011" + IV12 + "02010b",
      "3013" + IV12 + "0201100500",
      "3011" + IV12 + "02011000",
      "30020400",
      "30050400020110",
      "3003020110",
      "3000",
      "0400"
    };
    for (String encoding : encodings) {
      for (String format : new String[] {null, "ASN.1", "asn.1"}) {
        assertEquals(
            decode(AlgorithmParameters.getInstance(algorithm, "SunJCE"), encoding, format).text(),
            decode(AlgorithmParameters.getInstance(algorithm, PROVIDER), encoding, format).text(),
            encoding);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AES", "GCM"})
  void takesSpecificationsAsSunJce(String algorithm) throws Exception {
    AlgorithmParameterSpec[] specs = {
      null,
      new IvParameterSpec(new byte[16]),
      new IvParameterSpec(new byte[12]),
      new GCMParameterSpec(128, new byte[12]),
      new GCMParameterSpec(104, new byte[300]),
      new GCMParameterSpec(128, new byte[0])
    };
    for (AlgorithmParameterSpec spec : specs) {
      for (Class<? extends AlgorithmParameterSpec> wanted :
          List.of(IvParameterSpec.class, GCMParameterSpec.class)) {
        Outcome[] outcomes = new Outcome[2];
        for (int i = 0; i < 2; i++) {
          AlgorithmParameters parameters =
              i == 0
                  ? AlgorithmParameters.getInstance(algorithm, "SunJCE")
                  : AlgorithmParameters.getInstance(algorithm, PROVIDER);
          outcomes[i] =
              Outcome.of(
                  () -> {
                    parameters.init(spec);
                    AlgorithmParameterSpec got = parameters.getParameterSpec(wanted);
                    return got.getClass()
                        + canonical(parameters.getEncoded())
                        + canonical(parameters.getEncoded("ASN.1"));
                  });
        }
        assertEquals(outcomes[0].text(), outcomes[1].text());
      }
    }
  }

  @Test
  void roundTrip() throws Exception {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("GCM", PROVIDER);
    parameters.init(new GCMParameterSpec(104, new byte[] {1, 2, 3}));
    AlgorithmParameters theirs = AlgorithmParameters.getInstance("GCM", "SunJCE");
    theirs.init(parameters.getEncoded());
    GCMParameterSpec spec = theirs.getParameterSpec(GCMParameterSpec.class);
    assertEquals(104, spec.getTLen());
    assertArrayEquals(new byte[] {1, 2, 3}, spec.getIV());
    assertEquals("\n    iv:\n[010203]\ntLen(bits):\n104\n", parameters.toString());
  }

  @Test
  void givesTheGeneralSpecification() throws Exception {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("GCM", PROVIDER);
    parameters.init(new GCMParameterSpec(96, new byte[12]));
    assertEquals(
        GCMParameterSpec.class,
        parameters.getParameterSpec(AlgorithmParameterSpec.class).getClass());
    // DER leaves out what is the default.
    assertEquals("300e040c" + "00".repeat(12), HexFormat.of().formatHex(parameters.getEncoded()));
  }

  /** The rows of docs/DIFFERENCES.md. */
  @Test
  void strictness() throws Exception {
    AlgorithmParameters gcm = AlgorithmParameters.getInstance("GCM", PROVIDER);
    for (int bits : new int[] {0, 64, 95, 100, 136}) {
      assertThrows(
          InvalidParameterSpecException.class,
          () -> gcm.init(new GCMParameterSpec(bits, new byte[12])));
    }
    for (String encoding : new String[] {"308111" + IV12 + "020110", "3012" + IV12 + "02020010"}) {
      assertThrows(IOException.class, () -> gcm.init(HexFormat.of().parseHex(encoding)));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> gcm.init(HexFormat.of().parseHex("3011" + IV12 + "020110"), "X"));
  }
}
