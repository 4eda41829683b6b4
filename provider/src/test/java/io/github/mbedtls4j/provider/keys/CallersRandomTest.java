package io.github.mbedtls4j.provider.keys;

import static io.github.mbedtls4j.provider.keys.TestKeys.OURS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations with asymmetric keys do not ask the caller's generator: the library's serves. */
class CallersRandomTest {
  /** Fails whoever asks it. */
  private static final class Refusing extends SecureRandom {
    private static final long serialVersionUID = 1L;

    @Override
    public void nextBytes(byte[] bytes) {
      throw new UnsupportedOperationException("asked");
    }
  }

  private static final SecureRandom REFUSING = new Refusing();

  @ParameterizedTest
  @ValueSource(strings = {"PKCS1Padding", "OAEPWithSHA-256AndMGF1Padding", "NoPadding"})
  void rsaEncryption(String padding) throws Exception {
    Cipher cipher = Cipher.getInstance("RSA/ECB/" + padding, OURS);
    byte[] message = new byte[padding.equals("NoPadding") ? 128 : 5];
    cipher.init(Cipher.ENCRYPT_MODE, TestKeys.RSA.getPublic(), REFUSING);
    byte[] encrypted = cipher.doFinal(message);
    cipher.init(Cipher.DECRYPT_MODE, TestKeys.RSA.getPrivate(), REFUSING);
    assertArrayEquals(message, cipher.doFinal(encrypted));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA256withRSA", "RSASSA-PSS", "SHA256withECDSA"})
  void signatures(String name) throws Exception {
    KeyPair pair = name.endsWith("ECDSA") ? TestKeys.EC : TestKeys.RSA;
    Signature signature = Signature.getInstance(name, OURS);
    if (name.endsWith("PSS")) {
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
    signature.initSign(pair.getPrivate(), REFUSING);
    byte[] signed = signature.sign();
    signature.initVerify(pair.getPublic());
    assertTrue(signature.verify(signed));
  }

  @ParameterizedTest
  @CsvSource({"ECDH, EC", "X25519, X25519", "X448, X448"})
  void agreements(String agreement, String keys) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(keys, OURS);
    agree(agreement, generator.generateKeyPair(), generator.generateKeyPair());
  }

  @Test
  void diffieHellman() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("DH", OURS);
    generator.initialize(1024);
    agree("DH", generator.generateKeyPair(), generator.generateKeyPair());
  }

  private static void agree(String name, KeyPair one, KeyPair other) throws Exception {
    KeyAgreement first = KeyAgreement.getInstance(name, OURS);
    first.init(one.getPrivate(), REFUSING);
    first.doPhase(other.getPublic(), true);
    KeyAgreement second = KeyAgreement.getInstance(name, OURS);
    second.init(other.getPrivate(), REFUSING);
    second.doPhase(one.getPublic(), true);
    assertArrayEquals(first.generateSecret(), second.generateSecret());
  }
}
