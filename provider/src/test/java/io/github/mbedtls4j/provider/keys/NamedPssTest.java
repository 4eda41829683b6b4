package io.github.mbedtls4j.provider.keys;

import static io.github.mbedtls4j.provider.keys.TestKeys.BC;
import static io.github.mbedtls4j.provider.keys.TestKeys.OURS;
import static io.github.mbedtls4j.provider.keys.TestKeys.outcome;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RSASSA-PSS under BouncyCastle's names for it with a fixed digest. */
class NamedPssTest {
  private static final KeyPair PAIR = TestKeys.rsa(OURS, 2048);

  @ParameterizedTest
  @CsvSource({
    "SHA1, SHA-1, 20",
    "SHA224, SHA-224, 28",
    "SHA256, SHA-256, 32",
    "SHA384, SHA-384, 48",
    "SHA512, SHA-512, 64",
    "SHA512(224), SHA-512/224, 28",
    "SHA512(256), SHA-512/256, 32"
  })
  void eachVerifiesWhatTheOtherSigned(String digest, String standard, int salt) throws Exception {
    for (String name :
        new String[] {
          digest + "withRSA/PSS", digest + "WITHRSAANDMGF1", digest + "withRSASSA-PSS"
        }) {
      PSSParameterSpec spec =
          Signature.getInstance(name, OURS)
              .getParameters()
              .getParameterSpec(PSSParameterSpec.class);
      assertEquals(standard, spec.getDigestAlgorithm());
      assertEquals(standard, ((MGF1ParameterSpec) spec.getMGFParameters()).getDigestAlgorithm());
      assertEquals(salt, spec.getSaltLength());
      crossed(name, OURS, name, BC, null);
      crossed(name, BC, name, OURS, null);
      crossed(name, OURS, "RSASSA-PSS", OURS, spec);
    }
  }

  private static void crossed(
      String signer, Provider signing, String verifier, Provider verifying, PSSParameterSpec params)
      throws Exception {
    byte[] message = {1, 2, 3};
    Signature sign = Signature.getInstance(signer, signing);
    sign.initSign(PAIR.getPrivate());
    sign.update(message);
    byte[] signed = sign.sign();
    Signature verify = Signature.getInstance(verifier, verifying);
    if (params != null) {
      verify.setParameter(params);
    }
    verify.initVerify(PAIR.getPublic());
    verify.update(message);
    assertTrue(verify.verify(signed), signer);
    verify.update((byte) 1);
    assertFalse(verify.verify(signed), signer);
  }

  @Test
  void parametersOfTheSameDigestCanBeSet() throws Exception {
    Signature sign = Signature.getInstance("SHA256withRSA/PSS", OURS);
    PSSParameterSpec noSalt =
        new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 0, 1);
    sign.setParameter(noSalt);
    sign.initSign(PAIR.getPrivate());
    byte[] first = sign.sign();
    // Without salt there is nothing random.
    assertEquals(hex(first), hex(sign.sign()));
    PSSParameterSpec other =
        new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 0, 1);
    assertThrows(InvalidAlgorithmParameterException.class, () -> sign.setParameter(other));
    assertEquals(
        outcome(() -> set(Signature.getInstance("SHA256withRSA/PSS", BC), other)),
        outcome(() -> set(Signature.getInstance("SHA256withRSA/PSS", OURS), other)));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static Object set(Signature signature, PSSParameterSpec params) throws Exception {
    signature.setParameter(params);
    return "set";
  }

  @Test
  void keysThatAreTooShortAreRefused() throws Exception {
    Signature sign = Signature.getInstance("SHA512withRSA/PSS", OURS);
    assertThrows(InvalidKeyException.class, () -> sign.initSign(TestKeys.RSA.getPrivate()));
    assertThrows(InvalidKeyException.class, () -> sign.initVerify(TestKeys.RSA.getPublic()));
  }
}
