package io.github.mbedtls4j.wycheproof;

import io.github.mbedtls4j.provider.spec.HkdfParameterSpec;
import java.security.GeneralSecurityException;
import java.security.spec.InvalidKeySpecException;
import java.util.List;
import javax.crypto.SecretKeyFactory;

/** Derives keys through the key factories: {@code javax.crypto.KDF} needs a newer JDK. */
final class HkdfRunner implements VectorRunner {

  @Override
  public void run(Jca jca, VectorGroup group, TestVector vector)
      throws VectorFailure, GeneralSecurityException {
    SecretKeyFactory factory =
        jca.secretKeyFactory(group.algorithm().replace("HKDF-SHA-", "HKDF-SHA"));
    new Expectation(vector.result(), vector.bytes("okm"), List.of(InvalidKeySpecException.class))
        .check(
            "derive",
            () ->
                factory
                    .generateSecret(
                        HkdfParameterSpec.derive(
                            vector.bytes("ikm"),
                            vector.bytes("salt"),
                            vector.bytes("info"),
                            vector.json().required("size").asInt(),
                            "Generic"))
                    .getEncoded());
  }
}
