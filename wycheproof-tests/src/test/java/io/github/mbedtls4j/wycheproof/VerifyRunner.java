package io.github.mbedtls4j.wycheproof;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;

/**
 * Verifies signatures.
 *
 * @param keyAlgorithm names the KeyFactory
 * @param suffix what follows the digest in the Signature's name
 */
record VerifyRunner(String keyAlgorithm, String suffix) implements VectorRunner {

  private static final byte[] VERIFIED = {};

  @Override
  public void run(Jca jca, VectorGroup group, TestVector vector)
      throws VectorFailure, GeneralSecurityException {
    Expectation expectation =
        new Expectation(vector.result(), VERIFIED, List.of(SignatureException.class));
    byte[] encodedKey = HexFormat.of().parseHex(group.text("publicKeyDer"));
    // Not under test here: these files have good keys and bad signatures.
    PublicKey key = jca.keyFactory(keyAlgorithm).generatePublic(new X509EncodedKeySpec(encodedKey));
    for (Feed feed : Feed.values()) {
      Signature signature = jca.signature(JcaNames.digestInSignature(group.text("sha")) + suffix);
      expectation.check(
          feed.step("verify"),
          () -> {
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
