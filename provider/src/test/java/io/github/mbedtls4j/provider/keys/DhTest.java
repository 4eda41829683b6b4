package io.github.mbedtls4j.provider.keys;

import static io.github.mbedtls4j.provider.keys.TestKeys.OURS;
import static io.github.mbedtls4j.provider.keys.TestKeys.outcome;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.AlgorithmParameterGenerator;
import java.security.AlgorithmParameters;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.KeyAgreement;
import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.DHGenParameterSpec;
import javax.crypto.spec.DHParameterSpec;
import javax.crypto.spec.DHPrivateKeySpec;
import javax.crypto.spec.DHPublicKeySpec;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.junit.jupiter.api.Test;

/** Diffie-Hellman, compared with SunJCE. */
class DhTest {
  private static final Provider SUN_JCE = Security.getProvider("SunJCE");
  private static final KeyPair PAIR = generate(OURS, 2048);
  private static final DHParameterSpec GROUP = ((DHPublicKey) PAIR.getPublic()).getParams();

  private static KeyPair generate(Provider provider, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("DH", provider);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void groupsAreThoseOfTheRfcs() throws Exception {
    Map<Integer, BigInteger> primes = new LinkedHashMap<>();
    primes.put(768, DHStandardGroups.rfc2409_768.getP());
    primes.put(1024, DHStandardGroups.rfc2409_1024.getP());
    primes.put(1536, DHStandardGroups.rfc3526_1536.getP());
    primes.put(2048, DHStandardGroups.rfc7919_ffdhe2048.getP());
    primes.put(3072, DHStandardGroups.rfc7919_ffdhe3072.getP());
    primes.put(4096, DHStandardGroups.rfc7919_ffdhe4096.getP());
    primes.put(6144, DHStandardGroups.rfc7919_ffdhe6144.getP());
    primes.put(8192, DHStandardGroups.rfc7919_ffdhe8192.getP());
    for (Map.Entry<Integer, BigInteger> prime : primes.entrySet()) {
      AlgorithmParameterGenerator generator = AlgorithmParameterGenerator.getInstance("DH", OURS);
      generator.init(prime.getKey());
      DHParameterSpec group =
          generator.generateParameters().getParameterSpec(DHParameterSpec.class);
      assertEquals(prime.getValue(), group.getP());
      assertEquals(BigInteger.TWO, group.getG());
    }
    KeyPairGenerator keys = KeyPairGenerator.getInstance("DH", OURS);
    for (int bits : new int[] {0, 512, 1000, 7168, 10240}) {
      assertThrows(InvalidParameterException.class, () -> keys.initialize(bits));
    }
  }

  /** The secret begins with a zero. */
  @Test
  void leadingZerosAreKept() throws Exception {
    String a = "74c53a5b0ee227b6b0fd35ad79f3efc3f557a48902d0abb3f06a334b89642ce5";
    String b = "43d18a86c5f124a6ba038973647bd5681545cf278b48a0fcae16491256a94690";
    BigInteger p = DHStandardGroups.rfc7919_ffdhe2048.getP();
    BigInteger y = BigInteger.TWO.modPow(new BigInteger(b, 16), p);
    KeyFactory keys = KeyFactory.getInstance("DH", OURS);
    Key own = keys.generatePrivate(new DHPrivateKeySpec(new BigInteger(a, 16), p, BigInteger.TWO));
    Key peer = keys.generatePublic(new DHPublicKeySpec(y, p, BigInteger.TWO));
    KeyAgreement agreement = KeyAgreement.getInstance("DH", OURS);
    agreement.init(own);
    agreement.doPhase(peer, true);
    byte[] secret = agreement.generateSecret();
    assertEquals(256, secret.length);
    assertEquals(
        "641ea738d742067a13a873412d729bb3d17814cf5c6b7090922eb9019b29bffb",
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret)));
    same(
        provider -> {
          KeyAgreement each = KeyAgreement.getInstance("DH", provider);
          each.init(own);
          each.doPhase(peer, true);
          return HexFormat.of().formatHex(each.generateSecret("TlsPremasterSecret").getEncoded());
        });
  }

  @Test
  void agreesWithSunJce() throws Exception {
    for (int bits : new int[] {768, 1024, 1536, 2048, 3072}) {
      KeyPair ours = generate(OURS, bits);
      KeyPairGenerator generator = KeyPairGenerator.getInstance("DH", SUN_JCE);
      generator.initialize(((DHPublicKey) ours.getPublic()).getParams());
      KeyPair sun = generator.generateKeyPair();
      byte[] secret = agree(OURS, ours.getPrivate(), sun.getPublic());
      assertArrayEquals(secret, agree(SUN_JCE, sun.getPrivate(), ours.getPublic()));
      assertArrayEquals(secret, agree(SUN_JCE, ours.getPrivate(), sun.getPublic()));
      assertArrayEquals(secret, agree(OURS, sun.getPrivate(), ours.getPublic()));
    }
  }

  private static byte[] agree(Provider provider, Key own, Key peer) throws Exception {
    KeyAgreement agreement = KeyAgreement.getInstance("DiffieHellman", provider);
    agreement.init(own);
    agreement.doPhase(peer, true);
    return agreement.generateSecret();
  }

  @Test
  void keysEqualThoseOfSunJce() throws Exception {
    for (Key key : List.of(PAIR.getPublic(), PAIR.getPrivate())) {
      KeyFactory factory = KeyFactory.getInstance("DH", SUN_JCE);
      Key sun =
          key instanceof DHPublicKey
              ? factory.generatePublic(new X509EncodedKeySpec(key.getEncoded()))
              : factory.generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
      assertArrayEquals(sun.getEncoded(), key.getEncoded());
      assertEquals(sun, key);
      assertEquals(key, sun);
      assertEquals(sun.hashCode(), key.hashCode());
      assertEquals(sun.getAlgorithm(), key.getAlgorithm());
      assertEquals(key, KeyFactory.getInstance("DH", OURS).translateKey(sun));
      assertEquals(key, Serialised.copy(key));
    }
  }

  @Test
  void publicValuesAreChecked() throws Exception {
    BigInteger p = GROUP.getP();
    for (BigInteger y :
        List.of(
            BigInteger.ONE.negate(),
            BigInteger.ZERO,
            BigInteger.ONE,
            BigInteger.TWO,
            p.subtract(BigInteger.TWO),
            p.subtract(BigInteger.ONE),
            p,
            p.add(BigInteger.TEN))) {
      Key peer =
          KeyFactory.getInstance("DH", OURS)
              .generatePublic(new DHPublicKeySpec(y, p, GROUP.getG()));
      same(provider -> HexFormat.of().formatHex(agree(provider, PAIR.getPrivate(), peer)));
    }
    for (BigInteger x : List.of(BigInteger.ZERO, BigInteger.ONE.negate(), p.shiftLeft(1))) {
      Key own =
          KeyFactory.getInstance("DH", OURS)
              .generatePrivate(new DHPrivateKeySpec(x, p, GROUP.getG()));
      assertThrows(InvalidKeyException.class, () -> agree(OURS, own, PAIR.getPublic()));
    }
  }

  @Test
  void agreementsDoAsSunJce() {
    Key other = generate(OURS, 1024).getPublic();
    same(provider -> agree(provider, PAIR.getPublic(), PAIR.getPublic()));
    same(provider -> agree(provider, PAIR.getPrivate(), other));
    same(provider -> agree(provider, PAIR.getPrivate(), TestKeys.EC.getPublic()));
    for (AlgorithmParameterSpec spec :
        List.of(
            GROUP,
            new DHParameterSpec(GROUP.getP(), BigInteger.TEN),
            new ECGenParameterSpec("secp256r1"))) {
      same(
          provider -> {
            KeyAgreement.getInstance("DH", provider).init(PAIR.getPrivate(), spec);
            return "ok";
          });
    }
    same(
        provider -> {
          KeyAgreement agreement = KeyAgreement.getInstance("DH", provider);
          agreement.init(PAIR.getPrivate());
          Key next = agreement.doPhase(PAIR.getPublic(), false);
          return List.of(
              ((DHPublicKey) next).getY(),
              outcome(agreement::generateSecret),
              outcome(() -> "" + agreement.doPhase(next, true)),
              outcome(() -> agreement.generateSecret(new byte[255], 0)),
              outcome(() -> agreement.generateSecret(new byte[300], 44)),
              outcome(agreement::generateSecret),
              outcome(() -> "" + agreement.doPhase(PAIR.getPublic(), true)),
              outcome(() -> "" + agreement.doPhase(next, true)),
              outcome(() -> agreement.generateSecret().length));
        });
    for (String name : List.of("AES", "DES", "DESede", "Blowfish", "foo")) {
      same(
          provider -> {
            KeyAgreement agreement = KeyAgreement.getInstance("DH", provider);
            agreement.init(PAIR.getPrivate());
            agreement.doPhase(PAIR.getPublic(), true);
            return agreement.generateSecret(name);
          });
    }
  }

  @Test
  void generatorsTakeParameters() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("DH", OURS);
    for (int l : new int[] {0, 161, 300, 2048}) {
      generator.initialize(new DHParameterSpec(GROUP.getP(), GROUP.getG(), l));
      KeyPair pair = generator.generateKeyPair();
      assertArrayEquals(
          agree(SUN_JCE, pair.getPrivate(), PAIR.getPublic()),
          agree(OURS, PAIR.getPrivate(), pair.getPublic()));
    }
    for (AlgorithmParameterSpec spec :
        List.of(
            new DHParameterSpec(GROUP.getP(), GROUP.getG(), 3000),
            new DHParameterSpec(BigInteger.ONE.shiftLeft(100), BigInteger.TWO),
            new ECGenParameterSpec("x"))) {
      same(
          provider -> {
            KeyPairGenerator.getInstance("DH", provider).initialize(spec);
            return "ok";
          });
    }
    AlgorithmParameterGenerator parameters = AlgorithmParameterGenerator.getInstance("DH", OURS);
    parameters.init(new DHGenParameterSpec(1024, 300));
    assertEquals(
        300, parameters.generateParameters().getParameterSpec(DHParameterSpec.class).getL());
  }

  @Test
  void parametersAreEncodedAsSunJceDoes() throws Exception {
    for (int l : new int[] {0, 160}) {
      AlgorithmParameters sun = AlgorithmParameters.getInstance("DH", SUN_JCE);
      sun.init(new DHParameterSpec(GROUP.getP(), GROUP.getG(), l));
      AlgorithmParameters ours = AlgorithmParameters.getInstance("1.2.840.113549.1.3.1", OURS);
      ours.init(sun.getEncoded());
      assertArrayEquals(sun.getEncoded(), ours.getEncoded());
      assertEquals(l, ours.getParameterSpec(DHParameterSpec.class).getL());
      assertTrue(ours.toString().contains("Diffie-Hellman"));
    }
  }

  private interface Run {
    Object on(Provider provider) throws Exception;
  }

  private static void same(Run run) {
    assertEquals(outcome(() -> run.on(SUN_JCE)), outcome(() -> run.on(OURS)));
  }
}
