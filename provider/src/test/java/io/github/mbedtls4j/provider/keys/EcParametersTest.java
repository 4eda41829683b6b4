package io.github.mbedtls4j.provider.keys;

import static io.github.mbedtls4j.provider.keys.TestKeys.OURS;
import static io.github.mbedtls4j.provider.keys.TestKeys.SUN_EC;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.handle.Curve;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.IvParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcParametersTest {
  static List<Curve> curves() {
    return TestKeys.curves();
  }

  @ParameterizedTest
  @MethodSource("curves")
  void everyFormLeadsToTheCurve(Curve curve) throws Exception {
    AlgorithmParameters byName = AlgorithmParameters.getInstance("EC", OURS);
    byName.init(new ECGenParameterSpec(curve.standardName()));
    AlgorithmParameters byEncoding = AlgorithmParameters.getInstance("EllipticCurve", OURS);
    byEncoding.init(byName.getEncoded());
    AlgorithmParameters bySpec = AlgorithmParameters.getInstance("1.2.840.10045.2.1", OURS);
    bySpec.init(byEncoding.getParameterSpec(ECParameterSpec.class));
    assertEquals(curve.n(), bySpec.getParameterSpec(ECParameterSpec.class).getOrder());
    assertEquals(curve.oid(), bySpec.getParameterSpec(ECGenParameterSpec.class).getName());
    AlgorithmParameters sun = AlgorithmParameters.getInstance("EC", SUN_EC);
    sun.init(new ECGenParameterSpec(curve.oid()));
    assertEquals(sun.toString(), bySpec.toString());
    assertArrayEquals(sun.getEncoded(), bySpec.getEncoded("ASN.1"));
  }

  /** The JDK's EC code looks EC parameters up, and passes classes that only its provider knows. */
  @ParameterizedTest
  @ValueSource(ints = {256, 384, 521})
  void theJdksGeneratorWorksBehindUs(int bits) throws Exception {
    TestKeys.atPosition1(
        () -> {
          KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", SUN_EC);
          generator.initialize(bits);
          ECPublicKey key = (ECPublicKey) generator.generateKeyPair().getPublic();
          assertEquals(bits, key.getParams().getCurve().getField().getFieldSize());
          generator.initialize(new ECGenParameterSpec("secp" + bits + "r1"));
          generator.initialize(key.getParams());
          ECPublicKey ours =
              (ECPublicKey) KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic();
          generator.initialize(ours.getParams());
          return generator.generateKeyPair();
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 111, 112, 255, 571, 572})
  void theJdksGeneratorRefusesTheSameSizesBehindUs(int bits) throws Exception {
    Object alone = TestKeys.outcome(() -> initialize(bits));
    TestKeys.atPosition1(
        () -> {
          assertEquals(alone, TestKeys.outcome(() -> initialize(bits)));
          return null;
        });
  }

  private static Object initialize(int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", SUN_EC);
    generator.initialize(bits);
    return "accepted";
  }

  @Test
  void unknownCurvesAreLeftToTheNextProvider() throws Exception {
    AlgorithmParameters sun = AlgorithmParameters.getInstance("EC", SUN_EC);
    sun.init(new ECGenParameterSpec("secp112r1"));
    ECParameterSpec spec = sun.getParameterSpec(ECParameterSpec.class);
    TestKeys.atPosition1(
        () -> {
          AlgorithmParameters ours = AlgorithmParameters.getInstance("EC");
          assertEquals(OURS, ours.getProvider());
          ours.init(new ECGenParameterSpec("secp112r1"));
          assertEquals(sun.toString(), ours.toString());
          assertArrayEquals(sun.getEncoded(), ours.getEncoded());
          assertEquals(spec, ours.getParameterSpec(ECParameterSpec.class));
          AlgorithmParameters encoded = AlgorithmParameters.getInstance("EC");
          encoded.init(sun.getEncoded());
          assertEquals(spec, encoded.getParameterSpec(ECParameterSpec.class));
          return null;
        });
  }

  @Test
  void refusals() throws Exception {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC", OURS);
    for (Optional<AlgorithmParameterSpec> spec :
        List.of(
            Optional.<AlgorithmParameterSpec>empty(),
            Optional.<AlgorithmParameterSpec>of(new ECGenParameterSpec("foo")),
            Optional.<AlgorithmParameterSpec>of(new IvParameterSpec(new byte[16])))) {
      assertThrows(InvalidParameterSpecException.class, () -> parameters.init(spec.orElse(null)));
    }
    for (String hex : List.of("", "010203", "3000", "06082a8648ce3d03010700", "06022a03", "0680")) {
      AlgorithmParameters fresh = AlgorithmParameters.getInstance("EC", OURS);
      assertThrows(IOException.class, () -> fresh.init(HexFormat.of().parseHex(hex)));
    }
    parameters.init(new ECGenParameterSpec("secp256r1"));
    assertThrows(
        InvalidParameterSpecException.class,
        () -> parameters.getParameterSpec(IvParameterSpec.class));
    assertTrue(
        OURS.getService("AlgorithmParameters", "EC")
            .getAttribute("SupportedCurves")
            .contains("[secp256r1,NIST P-256,X9.62 prime256v1,1.2.840.10045.3.1.7]"));
  }
}
