package io.github.mbedtls4j.wycheproof;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/**
 * Decrypts RSA ciphertexts.
 *
 * @param oaep whether the padding is OAEP, else it is PKCS #1 v1.5
 */
record RsaDecryptRunner(boolean oaep) implements VectorRunner {

  @Override
  public void run(Jca jca, VectorGroup group, TestVector vector)
      throws VectorFailure, GeneralSecurityException {
    byte[] encodedKey = HexFormat.of().parseHex(group.text("privateKeyPkcs8"));
    PrivateKey key = jca.keyFactory("RSA").generatePrivate(new PKCS8EncodedKeySpec(encodedKey));
    Expectation expectation =
        new Expectation(
            vector.result(),
            vector.bytes("msg"),
            List.of(BadPaddingException.class, IllegalBlockSizeException.class));
    for (Feed feed : Feed.values()) {
      Cipher cipher = jca.cipher(oaep ? "RSA/ECB/OAEPPadding" : "RSA/ECB/PKCS1Padding");
      expectation.check(
          feed.step("decrypt"),
          () -> {
            if (oaep) {
              cipher.init(Cipher.DECRYPT_MODE, key, parameters(group, vector));
            } else {
              cipher.init(Cipher.DECRYPT_MODE, key);
            }
            for (byte[] piece : feed.pieces(vector, vector.bytes("ct"))) {
              cipher.update(piece);
            }
            return cipher.doFinal();
          });
    }
  }

  private static OAEPParameterSpec parameters(VectorGroup group, TestVector vector) {
    return new OAEPParameterSpec(
        group.text("sha"),
        group.text("mgf"),
        new MGF1ParameterSpec(group.text("mgfSha")),
        new PSource.PSpecified(vector.bytes("label")));
  }
}
