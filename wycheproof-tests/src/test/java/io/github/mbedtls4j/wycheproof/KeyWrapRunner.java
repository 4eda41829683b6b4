package io.github.mbedtls4j.wycheproof;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.List;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.SecretKeySpec;

/** Wraps and unwraps keys, and does the same as encryption and decryption of data. */
final class KeyWrapRunner implements VectorRunner {

  private static final List<Class<? extends Exception>> REJECTIONS =
      List.of(
          InvalidKeyException.class,
          IllegalBlockSizeException.class,
          BadPaddingException.class,
          Expectation.Mismatch.class);

  @Override
  public void run(Jca jca, VectorGroup group, TestVector vector)
      throws VectorFailure, GeneralSecurityException {
    String keyAlgorithm = JcaNames.cipherKey(group.algorithm());
    SecretKeySpec key = new SecretKeySpec(vector.bytes("key"), keyAlgorithm);
    byte[] plain = vector.bytes("msg");
    byte[] wrapped = vector.bytes("ct");
    Expectation wrapping = new Expectation(vector.result(), wrapped, REJECTIONS);
    Expectation unwrapping = new Expectation(vector.result(), plain, REJECTIONS);
    Cipher cipher = jca.cipher(JcaNames.keyWrap(group.algorithm()));
    if (plain.length > 0) { // the JCA has no empty keys
      wrapping.checkCompared(
          "wrap",
          () -> {
            cipher.init(Cipher.WRAP_MODE, key);
            return cipher.wrap(new SecretKeySpec(plain, "AES"));
          });
    }
    unwrapping.check(
        "unwrap",
        () -> {
          cipher.init(Cipher.UNWRAP_MODE, key);
          return cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY).getEncoded();
        });
    for (Feed feed : Feed.values()) {
      wrapping.checkCompared(
          feed.step("encrypt"),
          () -> {
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return feed.transform(cipher, vector, plain);
          });
      unwrapping.check(
          feed.step("decrypt"),
          () -> {
            cipher.init(Cipher.DECRYPT_MODE, key);
            return feed.transform(cipher, vector, wrapped);
          });
    }
  }
}
