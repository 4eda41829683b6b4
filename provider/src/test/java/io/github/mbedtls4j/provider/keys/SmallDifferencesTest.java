package io.github.mbedtls4j.provider.keys;

import static io.github.mbedtls4j.provider.keys.TestKeys.OURS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.handle.Curve;
import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.DHPrivateKeySpec;
import javax.crypto.spec.DHPublicKeySpec;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of docs/DIFFERENCES.md that no other test asserts. */
class SmallDifferencesTest {
  private static final Provider SUN_JCE = Security.getProvider("SunJCE");

  /** With the private value (p - 1) / 2 every secret is 1 or p - 1. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 7, 11})
  void dhSecretsOfSmallSubgroupsAreRefused(int y) throws Exception {
    BigInteger p = DHStandardGroups.rfc7919_ffdhe2048.getP();
    KeyFactory keys = KeyFactory.getInstance("DH", OURS);
    Key own = keys.generatePrivate(new DHPrivateKeySpec(p.shiftRight(1), p, BigInteger.TWO));
    Key peer = keys.generatePublic(new DHPublicKeySpec(BigInteger.valueOf(y), p, BigInteger.TWO));
    KeyAgreement ours = KeyAgreement.getInstance("DH", OURS);
    ours.init(own);
    assertThrows(InvalidKeyException.class, () -> ours.doPhase(peer, true));
    assertThrows(IllegalStateException.class, ours::generateSecret);
    KeyAgreement theirs = KeyAgreement.getInstance("DH", SUN_JCE);
    theirs.init(own);
    theirs.doPhase(peer, true);
    assertThrows(ProviderException.class, theirs::generateSecret);
  }

  @ParameterizedTest
  @CsvSource({"DH, DH, 2048", "XDH, X25519, 0", "XDH, X448, 0"})
  void genericSecrets(String agreement, String algorithm, int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, OURS);
    if (bits != 0) {
      generator.initialize(bits);
    }
    KeyPair own = generator.generateKeyPair();
    KeyPair peer = generator.generateKeyPair();
    KeyAgreement raw = KeyAgreement.getInstance(agreement, OURS);
    raw.init(own.getPrivate());
    raw.doPhase(peer.getPublic(), true);
    KeyAgreement generic = KeyAgreement.getInstance(agreement, OURS);
    generic.init(own.getPrivate());
    generic.doPhase(peer.getPublic(), true);
    SecretKey key = generic.generateSecret("Generic");
    assertEquals("Generic", key.getAlgorithm());
    assertArrayEquals(raw.generateSecret(), key.getEncoded());
    if (bits == 0) {
      // As JDK 25 takes the names.
      raw.doPhase(peer.getPublic(), true);
      assertEquals("tlspremastersecret", raw.generateSecret("tlspremastersecret").getAlgorithm());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MD5, SHA-256",
    "RIPEMD160, SHA-256",
    "SHA-256, SHA3-256",
    "SHA-256, FOO",
    "SHA3-256, SHA-256"
  })
  void pssDigestsAreCheckedAtOnce(String digest, String mask) throws Exception {
    Signature signature = Signature.getInstance("RSASSA-PSS", OURS);
    PSSParameterSpec params =
        new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(mask), 16, 1);
    assertThrows(InvalidAlgorithmParameterException.class, () -> signature.setParameter(params));
    assertEquals(null, signature.getParameters());
  }

  @Test
  void verifyingNullKeepsTheMessage() throws Exception {
    for (String name : List.of("SHA256withECDSAinP1363Format", "NONEwithECDSAinP1363Format")) {
      Signature signature = Signature.getInstance(name, OURS);
      byte[] message = new byte[32];
      signature.initSign(TestKeys.EC.getPrivate());
      signature.update(message);
      byte[] signed = signature.sign();
      signature.initVerify(TestKeys.EC.getPublic());
      signature.update(message);
      assertThrows(NullPointerException.class, () -> signature.verify(null));
      assertTrue(signature.verify(signed), name);
    }
  }

  /** Also of the curves that the JDK computes with no more: its key factory still reads them. */
  @Test
  void serialisedKeysAreReadBackByTheFirstKeyFactory() throws Exception {
    for (Curve curve : TestKeys.curves()) {
      KeyPair pair = TestKeys.ec(OURS, curve.standardName());
      for (Key key : List.of(pair.getPublic(), pair.getPrivate())) {
        Object jdk = Serialised.copy(key);
        assertEquals(key, jdk);
        assertEquals(jdk, key);
        TestKeys.atPosition1(
            () -> {
              Object ours = Serialised.copy(key);
              assertEquals(key, ours);
              assertEquals(key.getClass(), ours.getClass());
              return null;
            });
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PBEWithHmacSHA256AndAES_128", "PBKDF2WithHmacSHA256"})
  void hashCodesOfPasswordKeysAreThoseOfTheNewerJdk(String algorithm) throws Exception {
    PBEKeySpec spec = new PBEKeySpec("secret".toCharArray(), new byte[8], 10, 128);
    SecretKey ours = SecretKeyFactory.getInstance(algorithm, OURS).generateSecret(spec);
    SecretKey theirs = SecretKeyFactory.getInstance(algorithm, SUN_JCE).generateSecret(spec);
    int name = ours.getAlgorithm().toLowerCase(Locale.ENGLISH).hashCode();
    assertEquals(Arrays.hashCode(ours.getEncoded()) ^ name, ours.hashCode());
    if (Runtime.version().feature() >= 25) {
      assertEquals(theirs.hashCode(), ours.hashCode());
    }
  }
}
