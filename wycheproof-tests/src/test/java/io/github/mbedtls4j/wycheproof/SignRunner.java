package io.github.mbedtls4j.wycheproof;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.RSAPrivateKeySpec;
import java.util.HexFormat;
import java.util.List;

/** Makes RSASSA-PKCS1-v1_5 signatures, which have one value only. The keys lack CRT numbers. */
final class SignRunner implements VectorRunner {

  @Override
  public void run(Jca jca, VectorGroup group, TestVector vector)
      throws VectorFailure, GeneralSecurityException {
    PrivateKey key =
        jca.keyFactory("RSA")
            .generatePrivate(
                new RSAPrivateKeySpec(number(group, "modulus"), number(group, "privateExponent")));
    Expectation expectation =
        new Expectation(
            vector.result(),
            vector.bytes("sig"),
            List.of(InvalidKeyException.class, SignatureException.class));
    for (Feed feed : Feed.values()) {
      Signature signature =
          jca.signature(JcaNames.digestInSignature(group.text("sha")) + "withRSA");
      expectation.check(
          feed.step("sign"),
          () -> {
            signature.initSign(key);
            for (byte[] piece : feed.pieces(vector, vector.bytes("msg"))) {
              signature.update(piece);
            }
            return signature.sign();
          });
    }
  }

  private static BigInteger number(VectorGroup group, String field) {
    String hex = group.json().required("privateKey").required(field).asText();
    return new BigInteger(1, HexFormat.of().parseHex(hex));
  }
}
