package io.github.mbedtls4j.wycheproof;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts and decrypts without authentication; an invalid vector is one whose padding is. */
final class IndCpaRunner implements VectorRunner {

  private static final List<Class<? extends Exception>> BAD_CIPHERTEXT =
      List.of(BadPaddingException.class, IllegalBlockSizeException.class);

  @Override
  public void run(Jca jca, VectorGroup group, TestVector vector)
      throws VectorFailure, GeneralSecurityException {
    byte[] plain = vector.bytes("msg");
    byte[] encrypted = vector.bytes("ct");
    Expectation decryption = new Expectation(vector.result(), plain, BAD_CIPHERTEXT);
    Expectation encryption = new Expectation(vector.result(), encrypted, BAD_CIPHERTEXT);
    for (Feed feed : Feed.values()) {
      check(jca, group, vector, Cipher.DECRYPT_MODE, feed, encrypted, decryption);
      if (!vector.invalid()) { // no plaintext encrypts to a bad padding
        check(jca, group, vector, Cipher.ENCRYPT_MODE, feed, plain, encryption);
      }
    }
  }

  private static void check(
      Jca jca,
      VectorGroup group,
      TestVector vector,
      int mode,
      Feed feed,
      byte[] input,
      Expectation expectation)
      throws VectorFailure, GeneralSecurityException {
    Cipher cipher = jca.cipher(JcaNames.cipher(group.algorithm()));
    String keyAlgorithm = JcaNames.cipherKey(group.algorithm());
    expectation.check(
        feed.step(mode == Cipher.ENCRYPT_MODE ? "encrypt" : "decrypt"),
        () -> {
          cipher.init(
              mode,
              new SecretKeySpec(vector.bytes("key"), keyAlgorithm),
              new IvParameterSpec(iv(group, vector)));
          return feed.transform(cipher, vector, input);
        });
  }

  /** For XTS a vector gives the number of the data unit, which the cipher takes as a block. */
  private static byte[] iv(VectorGroup group, TestVector vector) {
    byte[] iv = vector.bytes("iv");
    return group.algorithm().equals("AES-XTS") ? Arrays.copyOf(iv, 16) : iv;
  }
}
