package io.github.mbedtls4j.wycheproof;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Derives keys; passwords that are not UTF-8 have no {@code char[]} and must be skipped. */
final class Pbkdf2Runner implements VectorRunner {

  @Override
  public void run(Jca jca, VectorGroup group, TestVector vector)
      throws VectorFailure, GeneralSecurityException {
    SecretKeyFactory factory =
        jca.secretKeyFactory(group.algorithm().replace("PBKDF2-HMAC", "PBKDF2WithHmac"));
    new Expectation(vector.result(), vector.bytes("dk"), List.of(Expectation.Mismatch.class))
        .checkCompared(
            "derive",
            () ->
                factory
                    .generateSecret(
                        new PBEKeySpec(
                            utf8(vector.bytes("password")),
                            vector.bytes("salt"),
                            vector.json().required("iterationCount").asInt(),
                            vector.json().required("dkLen").asInt() * Byte.SIZE))
                    .getEncoded());
  }

  static char[] utf8(byte[] bytes) throws CharacterCodingException {
    CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    return chars.toString().toCharArray();
  }
}
