package io.github.mbedtls4j.wycheproof;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEParameterSpec;

/** Encrypts and decrypts under a password, of any bytes: its key's encoding is the password. */
final class Pbes2Runner implements VectorRunner {

  @Override
  public void run(Jca jca, VectorGroup group, TestVector vector)
      throws VectorFailure, GeneralSecurityException {
    byte[] plain = vector.bytes("msg");
    byte[] encrypted = vector.bytes("ct");
    check(jca, group, vector, Cipher.DECRYPT_MODE, encrypted, plain);
    if (!vector.invalid()) {
      check(jca, group, vector, Cipher.ENCRYPT_MODE, plain, encrypted);
    }
  }

  private static void check(
      Jca jca, VectorGroup group, TestVector vector, int mode, byte[] input, byte[] output)
      throws VectorFailure, GeneralSecurityException {
    String name =
        group.algorithm().replace("Pbe", "PBE").replace("Sha", "SHA").replace("Aes", "AES");
    Cipher cipher = jca.cipher(name);
    PBEParameterSpec parameters =
        new PBEParameterSpec(
            vector.bytes("salt"),
            vector.json().required("iterationCount").asInt(),
            new IvParameterSpec(vector.bytes("iv")));
    new Expectation(
            vector.result(),
            output,
            List.of(BadPaddingException.class, IllegalBlockSizeException.class))
        .check(
            mode == Cipher.ENCRYPT_MODE ? "encrypt" : "decrypt",
            () -> {
              cipher.init(mode, new Password(vector.text("password")), parameters);
              return cipher.doFinal(input);
            });
  }

  /** A key that may be empty. */
  private record Password(String hex) implements SecretKey {
    private static final long serialVersionUID = 1L;

    @Override
    public String getAlgorithm() {
      return "PBE";
    }

    @Override
    public String getFormat() {
      return "RAW";
    }

    @Override
    public byte[] getEncoded() {
      return HexFormat.of().parseHex(hex);
    }
  }
}
