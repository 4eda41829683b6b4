package io.github.mbedtls4j.provider.keys;

import static io.github.mbedtls4j.provider.keys.TestKeys.OURS;
import static io.github.mbedtls4j.provider.keys.TestKeys.SUN_EC;
import static io.github.mbedtls4j.provider.keys.TestKeys.outcome;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.EncodedKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** X25519 and X448, compared with SunEC. */
class XdhTest {
  private static final String NO_PARAMETERS = "302a300506032b656e032100";
  private static final String NULL_PARAMETERS = "302c300706032b656e0500032100";

  /** RFC 7748, sections 5.2 and 6.2. */
  @Test
  void knownAnswers() throws Exception {
    assertEquals(
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
        agreeRaw(
            "X25519",
            "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
            "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"));
    assertEquals(
        "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56"
            + "fd2464c335543936521c24403085d59a449a5037514a879d",
        agreeRaw(
            "X448",
            "9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28d"
                + "d9c9baf574a9419744897391006382a6f127ab1d9ac2d8c0a598726b",
            "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b430"
                + "27d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609"));
  }

  private static String agreeRaw(String curve, String scalar, String u) throws Exception {
    NamedParameterSpec params = new NamedParameterSpec(curve);
    KeyFactory keys = KeyFactory.getInstance(curve, OURS);
    byte[] littleEndian = HexFormat.of().parseHex(u);
    byte[] bigEndian = new byte[littleEndian.length];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
    }
    KeyAgreement agreement = KeyAgreement.getInstance(curve, OURS);
    agreement.init(
        keys.generatePrivate(new XECPrivateKeySpec(params, HexFormat.of().parseHex(scalar))));
    agreement.doPhase(
        keys.generatePublic(new XECPublicKeySpec(params, new BigInteger(1, bigEndian))), true);
    return HexFormat.of().formatHex(agreement.generateSecret());
  }

  @ParameterizedTest
  @ValueSource(strings = {"X25519", "X448"})
  void agreesWithSunEc(String curve) throws Exception {
    KeyPair ours = KeyPairGenerator.getInstance(curve, OURS).generateKeyPair();
    KeyPair sun = KeyPairGenerator.getInstance(curve, SUN_EC).generateKeyPair();
    byte[] secret = agree(OURS, curve, ours.getPrivate(), sun.getPublic());
    assertArrayEquals(secret, agree(SUN_EC, "XDH", sun.getPrivate(), ours.getPublic()));
    assertArrayEquals(secret, agree(OURS, "XDH", sun.getPrivate(), ours.getPublic()));
    assertArrayEquals(secret, agree(SUN_EC, curve, ours.getPrivate(), sun.getPublic()));
  }

  private static byte[] agree(Provider provider, String name, PrivateKey own, PublicKey peer)
      throws Exception {
    KeyAgreement agreement = KeyAgreement.getInstance(name, provider);
    agreement.init(own);
    agreement.doPhase(peer, true);
    return agreement.generateSecret();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X25519", "X448"})
  void keysEqualThoseOfSunEc(String curve) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance(curve, OURS).generateKeyPair();
    for (Key key : List.of(pair.getPublic(), pair.getPrivate())) {
      Key sun = KeyFactory.getInstance("XDH", SUN_EC).translateKey(key);
      assertEquals(sun, key);
      assertEquals(key, sun);
      assertEquals(sun.hashCode(), key.hashCode());
      assertArrayEquals(sun.getEncoded(), key.getEncoded());
      assertEquals(sun.getAlgorithm(), key.getAlgorithm());
      assertEquals(key, KeyFactory.getInstance(curve, OURS).translateKey(sun));
      assertEquals(key, Serialised.copy(key));
    }
    assertFalse(pair.getPrivate().toString().contains("scalar"), "nothing of the key may show");
  }

  @Test
  void generatorsTakeWhatSunEcTakes() {
    List<AlgorithmParameterSpec> specs = new ArrayList<>();
    specs.add(null);
    specs.add(NamedParameterSpec.X25519);
    specs.add(NamedParameterSpec.X448);
    specs.add(NamedParameterSpec.ED25519);
    specs.add(new NamedParameterSpec("x448"));
    specs.add(new ECGenParameterSpec("X25519"));
    specs.add(new ECGenParameterSpec("secp256r1"));
    for (String name : List.of("XDH", "X25519", "X448", "1.3.101.110", "OID.1.3.101.111")) {
      for (int size : new int[] {0, 255, 256, 448}) {
        same(provider -> generate(provider, name, generator -> generator.initialize(size)));
      }
      for (AlgorithmParameterSpec spec : specs) {
        same(provider -> generate(provider, name, generator -> generator.initialize(spec)));
      }
      same(provider -> generate(provider, name, generator -> {}));
    }
  }

  private interface Setup {
    void of(KeyPairGenerator generator) throws Exception;
  }

  /** The length of an encoded public key tells its curve. */
  private static Object generate(Provider provider, String name, Setup setup) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(name, provider);
    setup.of(generator);
    return generator.generateKeyPair().getPublic().getEncoded().length;
  }

  @Test
  void keyFactoriesDoAsSunEc() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("X25519", OURS).generateKeyPair();
    BigInteger p = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    List<KeySpec> specs =
        List.of(
            new X509EncodedKeySpec(pair.getPublic().getEncoded()),
            new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded()),
            encoded(NO_PARAMETERS + "ff".repeat(32)),
            encoded(NO_PARAMETERS + "ff".repeat(31)),
            new XECPublicKeySpec(NamedParameterSpec.X25519, p),
            new XECPublicKeySpec(NamedParameterSpec.X25519, BigInteger.valueOf(-5)),
            new XECPublicKeySpec(NamedParameterSpec.X448, p.shiftLeft(300)),
            new XECPublicKeySpec(NamedParameterSpec.ED448, p),
            new XECPrivateKeySpec(NamedParameterSpec.X25519, new byte[31]),
            new XECPrivateKeySpec(NamedParameterSpec.X25519, new byte[32]),
            new XECPrivateKeySpec(NamedParameterSpec.X448, new byte[32]),
            new XECPrivateKeySpec(NamedParameterSpec.ED25519, new byte[32]));
    for (String name : List.of("XDH", "X25519", "X448")) {
      for (KeySpec spec : specs) {
        same(p1 -> hex(KeyFactory.getInstance(name, p1).generatePublic(spec)));
        same(p1 -> hex(KeyFactory.getInstance(name, p1).generatePrivate(spec)));
      }
    }
    for (Class<? extends KeySpec> wanted :
        List.of(
            KeySpec.class,
            EncodedKeySpec.class,
            X509EncodedKeySpec.class,
            PKCS8EncodedKeySpec.class,
            XECPublicKeySpec.class,
            XECPrivateKeySpec.class)) {
      for (Key key : List.of(pair.getPublic(), pair.getPrivate())) {
        same(p1 -> KeyFactory.getInstance("XDH", p1).getKeySpec(key, wanted).getClass());
      }
    }
  }

  @Test
  void parametersInAnEncodingAreRefused() throws Exception {
    KeyFactory keys = KeyFactory.getInstance("XDH", OURS);
    KeySpec spec = encoded(NULL_PARAMETERS + "09" + "00".repeat(31));
    assertThrows(InvalidKeySpecException.class, () -> keys.generatePublic(spec));
  }

  private static KeySpec encoded(String hex) {
    return new X509EncodedKeySpec(HexFormat.of().parseHex(hex));
  }

  private static String hex(Key key) {
    return HexFormat.of().formatHex(key.getEncoded());
  }

  @Test
  void agreementsDoAsSunEc() throws Exception {
    KeyPair a = KeyPairGenerator.getInstance("X25519", OURS).generateKeyPair();
    KeyPair b = KeyPairGenerator.getInstance("X448", OURS).generateKeyPair();
    PublicKey zero =
        KeyFactory.getInstance("XDH", OURS)
            .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BigInteger.ZERO));
    for (Key own : List.of(a.getPrivate(), a.getPublic(), TestKeys.EC.getPrivate())) {
      for (String name : List.of("XDH", "X25519", "X448")) {
        for (Key peer : List.of(a.getPublic(), b.getPublic(), zero, a.getPrivate())) {
          same(provider -> script(provider, name, own, peer, true));
        }
      }
      same(provider -> script(provider, "XDH", own, a.getPublic(), false));
    }
    for (AlgorithmParameterSpec spec :
        List.of(NamedParameterSpec.X25519, NamedParameterSpec.X448, NamedParameterSpec.ED25519)) {
      same(
          provider -> {
            KeyAgreement.getInstance("XDH", provider).init(a.getPrivate(), spec);
            return "ok";
          });
    }
    for (String name : List.of("TlsPremasterSecret", "AES", "")) {
      same(
          provider -> {
            KeyAgreement agreement = KeyAgreement.getInstance("XDH", provider);
            agreement.init(a.getPrivate());
            agreement.doPhase(a.getPublic(), true);
            return hex(agreement.generateSecret(name));
          });
    }
  }

  @Test
  void aRefusedKeyEndsTheAgreement() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("X25519", OURS).generateKeyPair();
    KeyAgreement agreement = KeyAgreement.getInstance("X25519", OURS);
    agreement.init(pair.getPrivate());
    agreement.doPhase(pair.getPublic(), true);
    assertThrows(InvalidKeyException.class, () -> agreement.init(TestKeys.EC.getPrivate()));
    assertThrows(IllegalStateException.class, agreement::generateSecret);
  }

  private static Object script(Provider provider, String name, Key own, Key peer, boolean last)
      throws Exception {
    KeyAgreement agreement = KeyAgreement.getInstance(name, provider);
    return List.of(
        outcome(agreement::generateSecret),
        outcome(
            () -> {
              agreement.init(own);
              return "ok";
            }),
        outcome(() -> "" + agreement.doPhase(peer, last)),
        outcome(() -> agreement.generateSecret(new byte[31], 0)),
        outcome(() -> agreement.generateSecret(new byte[60], 3)),
        outcome(() -> agreement.generateSecret(new byte[60], 0)));
  }

  private interface Run {
    Object on(Provider provider) throws Exception;
  }

  private static void same(Run run) {
    assertEquals(outcome(() -> run.on(SUN_EC)), outcome(() -> run.on(OURS)));
  }
}
