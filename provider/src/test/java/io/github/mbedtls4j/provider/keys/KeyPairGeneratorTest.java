package io.github.mbedtls4j.provider.keys;

import static io.github.mbedtls4j.provider.keys.TestKeys.OURS;
import static io.github.mbedtls4j.provider.keys.TestKeys.SUN_EC;
import static io.github.mbedtls4j.provider.keys.TestKeys.SUN_RSA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.handle.Curve;
import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPairGeneratorTest {
  static List<Curve> curves() {
    return TestKeys.curves();
  }

  @ParameterizedTest
  @CsvSource({"512, 65537", "512, 3", "1000, 17", "1024, 2147483647", "2048, 65537"})
  void rsaPairsAreConsistent(int bits, int e) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", OURS);
    generator.initialize(new RSAKeyGenParameterSpec(bits, BigInteger.valueOf(e)));
    KeyPair pair = generator.generateKeyPair();
    RSAPrivateCrtKey key = (RSAPrivateCrtKey) pair.getPrivate();
    BigInteger p = key.getPrimeP();
    BigInteger q = key.getPrimeQ();
    BigInteger d = key.getPrivateExponent();
    assertEquals(bits, key.getModulus().bitLength());
    assertEquals(key.getModulus(), p.multiply(q));
    assertEquals(key.getModulus(), ((RSAPublicKey) pair.getPublic()).getModulus());
    assertEquals(BigInteger.valueOf(e), key.getPublicExponent());
    assertEquals(d.mod(p.subtract(BigInteger.ONE)), key.getPrimeExponentP());
    assertEquals(d.mod(q.subtract(BigInteger.ONE)), key.getPrimeExponentQ());
    assertEquals(q.modInverse(p), key.getCrtCoefficient());
    assertEquals(
        BigInteger.ONE, d.multiply(key.getPublicExponent()).mod(p.subtract(BigInteger.ONE)));
  }

  @Test
  void defaultsAreThoseOfTheRunningJdk() throws Exception {
    assertEquals(
        ((RSAPublicKey) pair("RSA", SUN_RSA).getPublic()).getModulus().bitLength(),
        ((RSAPublicKey) pair("RSA", OURS).getPublic()).getModulus().bitLength());
    assertEquals(
        ((ECPublicKey) pair("EC", SUN_EC).getPublic()).getParams().toString(),
        ((ECPublicKey) pair("EC", OURS).getPublic()).getParams().toString());
  }

  private static KeyPair pair(String algorithm, java.security.Provider provider) throws Exception {
    return KeyPairGenerator.getInstance(algorithm, provider).generateKeyPair();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 511, 513, 1025, 8194, 16384, 16386})
  void refusesRsaSizes(int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", OURS);
    assertThrows(InvalidParameterException.class, () -> generator.initialize(bits));
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> generator.initialize(new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4)));
  }

  @Test
  void refusesRsaParametersAsTheJdkDoes() throws Exception {
    KeyPairGenerator ours = KeyPairGenerator.getInstance("RSA", OURS);
    KeyPairGenerator sun = KeyPairGenerator.getInstance("RSA", SUN_RSA);
    List<AlgorithmParameterSpec> specs = new ArrayList<>();
    specs.add(null);
    specs.add(new ECGenParameterSpec("secp256r1"));
    for (int e : new int[] {-3, 0, 1, 2, 3, 17, 65536}) {
      specs.add(new RSAKeyGenParameterSpec(1024, BigInteger.valueOf(e)));
    }
    specs.add(new RSAKeyGenParameterSpec(1024, null));
    specs.add(
        new RSAKeyGenParameterSpec(1024, RSAKeyGenParameterSpec.F4, PSSParameterSpec.DEFAULT));
    for (AlgorithmParameterSpec spec : specs) {
      assertEquals(
          TestKeys.outcome(() -> init(sun, spec)), TestKeys.outcome(() -> init(ours, spec)));
    }
  }

  private static String init(KeyPairGenerator generator, AlgorithmParameterSpec spec)
      throws Exception {
    generator.initialize(spec);
    return "accepted";
  }

  @ParameterizedTest
  @MethodSource("curves")
  void ecByEveryName(Curve curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", OURS);
    List<String> names = new ArrayList<>(curve.aliases());
    names.add(curve.standardName());
    names.add(curve.standardName().toUpperCase(Locale.ROOT));
    names.add(curve.oid());
    for (String name : names) {
      generator.initialize(new ECGenParameterSpec(name));
      ECPublicKey key = (ECPublicKey) generator.generateKeyPair().getPublic();
      assertTrue(key.getParams().toString().contains("(" + curve.oid() + ")"));
      assertEquals(curve.n(), key.getParams().getOrder());
      ECParameterSpec spec = key.getParams();
      generator.initialize(
          new ECParameterSpec(
              spec.getCurve(), spec.getGenerator(), spec.getOrder(), spec.getCofactor()));
      assertEquals(spec, ((ECPublicKey) generator.generateKeyPair().getPublic()).getParams());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {192, 224, 256, 384, 521})
  void ecBySize(int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", OURS);
    generator.initialize(bits);
    ECPublicKey key = (ECPublicKey) generator.generateKeyPair().getPublic();
    assertEquals(bits, key.getParams().getCurve().getField().getFieldSize());
    assertTrue(key.getParams().toString().startsWith("secp" + bits + "r1 "));
  }

  @Test
  void refusesEcParameters() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", OURS);
    for (int bits : new int[] {0, 111, 112, 255, 257, 512, 571, 600}) {
      assertThrows(InvalidParameterException.class, () -> generator.initialize(bits));
    }
    for (String name : List.of("", "foo", "P-256", "secp112r1", "OID.1.2.840.10045.3.1.7")) {
      assertThrows(
          InvalidAlgorithmParameterException.class,
          () -> generator.initialize(new ECGenParameterSpec(name)));
    }
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> generator.initialize((AlgorithmParameterSpec) null));
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> generator.initialize(new RSAKeyGenParameterSpec(1024, BigInteger.TEN)));
  }
}
