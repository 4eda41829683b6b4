package io.github.mbedtls4j.provider.keys;

import static io.github.mbedtls4j.provider.keys.TestKeys.OURS;
import static io.github.mbedtls4j.provider.keys.TestKeys.SUN_RSA;
import static io.github.mbedtls4j.provider.keys.TestKeys.outcome;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.KeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RSASSA-PSS, compared with SunRsaSign. */
class PssTest {
  private static final PSSParameterSpec SHA256 = spec("SHA-256", "SHA-256", 32);
  private static final KeyPair PAIR = generate(OURS, SHA256);

  private static PSSParameterSpec spec(String digest, String mask, int salt) {
    return new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(mask), salt, 1);
  }

  private static KeyPair generate(Provider provider, PSSParameterSpec params) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSASSA-PSS", provider);
      generator.initialize(new RSAKeyGenParameterSpec(1024, RSAKeyGenParameterSpec.F4, params));
      return generator.generateKeyPair();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Signature signature(Provider provider, AlgorithmParameterSpec params)
      throws Exception {
    Signature signature = Signature.getInstance("RSASSA-PSS", provider);
    signature.setParameter(params);
    return signature;
  }

  @Test
  void eachVerifiesWhatTheOtherSigned() throws Exception {
    // 1025 and 1031 bits: the encoding is a byte shorter than the modulus, or nearly.
    for (KeyPair pair :
        List.of(TestKeys.RSA, TestKeys.rsa(SUN_RSA, 1025), TestKeys.rsa(SUN_RSA, 1031))) {
      for (String digest : List.of("SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512/256")) {
        for (String mask : List.of("SHA-1", "SHA-256", "SHA-512", "MD5")) {
          for (int salt : new int[] {0, 20, 33}) {
            crossed(OURS, SUN_RSA, pair, spec(digest, mask, salt));
            crossed(SUN_RSA, OURS, pair, spec(digest, mask, salt));
          }
        }
      }
    }
  }

  private static void crossed(
      Provider signer, Provider verifier, KeyPair pair, PSSParameterSpec params) throws Exception {
    byte[] message = {1, 2, 3};
    Signature sign = signature(signer, params);
    sign.initSign(pair.getPrivate());
    sign.update(message);
    byte[] signed = sign.sign();
    Signature verify = signature(verifier, params);
    verify.initVerify(pair.getPublic());
    verify.update(message);
    assertTrue(verify.verify(signed), () -> signer + " " + params);
    verify.update(message);
    signed[signed.length - 1] ^= 1;
    assertEquals(false, verify.verify(signed));
  }

  @Test
  void keysEqualThoseOfSunRsaSign() throws Exception {
    for (KeyPair pair : List.of(PAIR, generate(OURS, null))) {
      for (Key key : List.of(pair.getPublic(), pair.getPrivate())) {
        Key sun = KeyFactory.getInstance("RSASSA-PSS", SUN_RSA).translateKey(key);
        assertArrayEquals(sun.getEncoded(), key.getEncoded());
        assertEquals(sun, key);
        assertEquals(key, sun);
        assertEquals(sun.hashCode(), key.hashCode());
        assertEquals(key, KeyFactory.getInstance("PSS", OURS).translateKey(sun));
        assertEquals(key, Serialised.copy(key));
        assertEquals("RSASSA-PSS", key.getAlgorithm());
        assertEquals(((RSAKey) sun).getParams() == null, ((RSAKey) key).getParams() == null);
      }
    }
  }

  @Test
  void keyFactoriesDoNotMixAlgorithms() {
    RSAPublicKey rsa = (RSAPublicKey) TestKeys.RSA.getPublic();
    List<KeySpec> specs =
        List.of(
            new X509EncodedKeySpec(rsa.getEncoded()),
            new X509EncodedKeySpec(PAIR.getPublic().getEncoded()),
            new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()),
            new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent(), SHA256),
            new RSAPublicKeySpec(
                rsa.getModulus(), rsa.getPublicExponent(), new ECGenParameterSpec("x")));
    for (String name : List.of("RSA", "RSASSA-PSS")) {
      for (KeySpec spec : specs) {
        same(
            provider -> {
              Key key = KeyFactory.getInstance(name, provider).generatePublic(spec);
              return KeyFactory.getInstance(name, provider)
                  .getKeySpec(key, X509EncodedKeySpec.class)
                  .getEncoded()
                  .length;
            });
      }
      for (Key key : List.of(rsa, PAIR.getPublic(), PAIR.getPrivate())) {
        same(provider -> KeyFactory.getInstance(name, provider).translateKey(key).getFormat());
      }
    }
  }

  @Test
  void parametersAreCheckedAsSunRsaSignDoes() {
    for (PSSParameterSpec spec :
        List.of(
            SHA256,
            spec("SHA-256", "SHA-256", 40),
            spec("SHA-256", "SHA-256", 16),
            spec("SHA-512", "SHA-512", 64),
            spec("SHA256", "SHA-1", 20),
            spec("SHA-256", "SHA-256", 94),
            spec("SHA-256", "SHA-256", 95),
            spec("FOO", "SHA-256", 20),
            new PSSParameterSpec("SHA-256", "MGF2", MGF1ParameterSpec.SHA256, 32, 1),
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 2),
            new PSSParameterSpec("SHA-256", "MGF1", null, 32, 1))) {
      for (KeyPair pair : List.of(PAIR, TestKeys.RSA)) {
        same(provider -> sign(provider, pair, spec, true));
        same(provider -> sign(provider, pair, spec, false));
      }
    }
    same(provider -> signature(provider, null));
    same(provider -> signature(provider, new ECGenParameterSpec("x")));
  }

  private static Object sign(
      Provider provider, KeyPair pair, PSSParameterSpec spec, boolean parametersFirst)
      throws Exception {
    Signature signature = Signature.getInstance("RSASSA-PSS", provider);
    if (parametersFirst) {
      signature.setParameter(spec);
    }
    signature.initSign(pair.getPrivate());
    if (!parametersFirst) {
      signature.setParameter(spec);
    }
    signature.update((byte) 1);
    return signature.sign().length;
  }

  @Test
  void statesAreThoseOfSunRsaSign() {
    same(
        provider -> {
          Signature signature = Signature.getInstance("RSASSA-PSS", provider);
          signature.initSign(PAIR.getPrivate());
          return List.of(
              outcome(() -> "" + signature.getParameters()),
              outcome(signature::sign),
              outcome(
                  () -> {
                    signature.update((byte) 1);
                    return "updated";
                  }));
        });
    same(
        provider -> {
          Signature signature = signature(provider, SHA256);
          signature.initSign(TestKeys.RSA.getPrivate());
          signature.update((byte) 1);
          signature.setParameter(SHA256);
          return "set";
        });
    for (int length : new int[] {0, 127, 128, 129}) {
      same(
          provider -> {
            Signature signature = signature(provider, SHA256);
            signature.initVerify(TestKeys.RSA.getPublic());
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) 0xFF);
            return signature.verify(bytes);
          });
    }
  }

  @Test
  void encodingsAreThoseOfSunRsaSign() throws Exception {
    for (PSSParameterSpec spec :
        List.of(spec("SHA-1", "SHA-1", 20), SHA256, spec("SHA-512/224", "SHA-1", 0))) {
      AlgorithmParameters sun = AlgorithmParameters.getInstance("RSASSA-PSS", SUN_RSA);
      sun.init(spec);
      AlgorithmParameters ours = AlgorithmParameters.getInstance("PSS", OURS);
      ours.init(sun.getEncoded());
      assertArrayEquals(sun.getEncoded(), ours.getEncoded());
      assertEquals(sun.toString(), ours.toString());
      assertArrayEquals(sun.getEncoded(), signature(OURS, spec).getParameters().getEncoded());
    }
  }

  /** Certificates name digests that only other providers have: their parameters are read here. */
  @ParameterizedTest
  @ValueSource(strings = {"SHA3-224", "SHA3-256", "SHA3-384", "SHA3-512"})
  void parametersMayNameDigestsOfOthers(String digest) throws Exception {
    PSSParameterSpec pss = spec(digest, digest, 32);
    AlgorithmParameters sun = AlgorithmParameters.getInstance("RSASSA-PSS", SUN_RSA);
    sun.init(pss);
    AlgorithmParameters ours = AlgorithmParameters.getInstance("RSASSA-PSS", OURS);
    ours.init(sun.getEncoded());
    assertEquals(sun.toString(), ours.toString());
    assertArrayEquals(sun.getEncoded(), ours.getEncoded());
    OAEPParameterSpec oaep =
        new OAEPParameterSpec(
            digest, "MGF1", new MGF1ParameterSpec(digest), PSource.PSpecified.DEFAULT);
    AlgorithmParameters theirs = AlgorithmParameters.getInstance("OAEP", "SunJCE");
    theirs.init(oaep);
    AlgorithmParameters mine = AlgorithmParameters.getInstance("OAEP", OURS);
    mine.init(theirs.getEncoded());
    assertArrayEquals(theirs.getEncoded(), mine.getEncoded());
    assertEquals(digest, mine.getParameterSpec(OAEPParameterSpec.class).getDigestAlgorithm());
    Signature signature = Signature.getInstance("RSASSA-PSS", OURS);
    assertThrows(InvalidAlgorithmParameterException.class, () -> signature.setParameter(pss));
    signature.setParameter(SHA256);
    PublicKey key = generate(SUN_RSA, pss).getPublic();
    assertThrows(InvalidKeyException.class, () -> signature.initVerify(key));
  }

  /** The first provider reads the parameters, another one verifies. */
  @Test
  void certificatesSignedWithSha3AreVerified() throws Exception {
    X500Name name = new X500Name("CN=sha3");
    byte[] encoding =
        new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(Instant.EPOCH),
                Date.from(Instant.ofEpochSecond(Integer.MAX_VALUE)),
                name,
                TestKeys.RSA.getPublic())
            .build(
                new JcaContentSignerBuilder("SHA3-256withRSAandMGF1")
                    .setProvider(TestKeys.BC)
                    .build(TestKeys.RSA.getPrivate()))
            .getEncoded();
    TestKeys.atPosition1(
        () -> {
          X509Certificate certificate =
              (X509Certificate)
                  CertificateFactory.getInstance("X.509")
                      .generateCertificate(new ByteArrayInputStream(encoding));
          certificate.verify(TestKeys.RSA.getPublic());
          return null;
        });
  }

  @Test
  void keysForPssAloneDoNothingElse() throws Exception {
    Signature signature = Signature.getInstance("SHA256withRSA", OURS);
    assertThrows(InvalidKeyException.class, () -> signature.initSign(PAIR.getPrivate()));
    assertThrows(InvalidKeyException.class, () -> signature.initVerify(PAIR.getPublic()));
  }

  private interface Run {
    Object on(Provider provider) throws Exception;
  }

  private static void same(Run run) {
    assertEquals(outcome(() -> run.on(SUN_RSA)), outcome(() -> run.on(OURS)));
  }
}
