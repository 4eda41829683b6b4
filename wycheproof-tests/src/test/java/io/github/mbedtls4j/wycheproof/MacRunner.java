package io.github.mbedtls4j.wycheproof;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Computes tags; a group may shorten them, which in the JCA is the caller's work. */
final class MacRunner implements VectorRunner {

  @Override
  public void run(Jca jca, VectorGroup group, TestVector vector)
      throws VectorFailure, GeneralSecurityException {
    Class<? extends Exception> rejection =
        vector.flags().contains("InvalidKeySize")
            ? InvalidKeyException.class
            : Expectation.Mismatch.class;
    Expectation expectation =
        new Expectation(vector.result(), vector.bytes("tag"), List.of(rejection));
    String algorithm = JcaNames.mac(group.algorithm());
    for (Feed feed : Feed.values()) {
      Mac mac = jca.mac(algorithm);
      expectation.checkCompared(
          feed.step("tag"),
          () -> {
            mac.init(key(vector, algorithm));
            feed.pieces(vector, vector.bytes("msg")).forEach(mac::update);
            return Arrays.copyOf(mac.doFinal(), group.number("tagSize") / Byte.SIZE);
          });
    }
  }

  private static SecretKeySpec key(TestVector vector, String algorithm) throws InvalidKeyException {
    try {
      return new SecretKeySpec(vector.bytes("key"), algorithm);
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyException(e); // the spec class refuses an empty key before any provider
    }
  }
}
