package io.github.mbedtls4j.wycheproof;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;

/**
 * Verifies RSASSA-PSS signatures.
 *
 * @param keyAlgorithm of the keys: some are for RSASSA-PSS alone
 */
record PssRunner(String keyAlgorithm) implements VectorRunner {

  private static final byte[] VERIFIED = {};

  @Override
  public void run(Jca jca, VectorGroup group, TestVector vector)
      throws VectorFailure, GeneralSecurityException {
    byte[] encodedKey = HexFormat.of().parseHex(group.text("publicKeyDer"));
    PublicKey key = jca.keyFactory(keyAlgorithm).generatePublic(new X509EncodedKeySpec(encodedKey));
    PSSParameterSpec parameters =
        new PSSParameterSpec(
            group.text("sha"),
            group.text("mgf"),
            new MGF1ParameterSpec(group.text("mgfSha")),
            group.number("sLen"),
            PSSParameterSpec.TRAILER_FIELD_BC);
    Expectation expectation =
        new Expectation(vector.result(), VERIFIED, List.of(SignatureException.class));
    for (Feed feed : Feed.values()) {
      Signature signature = jca.signature("RSASSA-PSS");
      expectation.check(
          feed.step("verify"),
          () -> {
            signature.setParameter(parameters);
            signature.initVerify(key);
            for (byte[] piece : feed.pieces(vector, vector.bytes("msg"))) {
              signature.update(piece);
            }
            if (!signature.verify(vector.bytes("sig"))) {
              throw new SignatureException("verify returned false");
            }
            return VERIFIED;
          });
    }
  }
}
