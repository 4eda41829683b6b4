package io.github.mbedtls4j.wycheproof;

import java.util.Map;

/** Which runner serves which group type; one row adds a schema. */
final class Runners {

  private static final Map<String, VectorRunner> BY_TYPE =
      Map.of(
          "AeadTest", new AeadRunner(),
          "IndCpaTest", new IndCpaRunner(),
          "MacTest", new MacRunner(),
          "KeywrapTest", new KeyWrapRunner(),
          "EcdsaVerify", new VerifyRunner("EC", "withECDSA"),
          "EcdsaP1363Verify", new VerifyRunner("EC", "withECDSAinP1363Format"),
          "RsassaPkcs1Verify", new VerifyRunner("RSA", "withRSA"),
          "EcdhTest", new EcdhRunner(EcdhRunner.Encoding.ASN),
          "EcdhEcpointTest", new EcdhRunner(EcdhRunner.Encoding.ECPOINT),
          "EcdhPemTest", new EcdhRunner(EcdhRunner.Encoding.PEM));

  private Runners() {}

  static VectorRunner of(String type) {
    VectorRunner runner = BY_TYPE.get(type);
    if (runner == null) {
      throw new AssertionError("no runner for " + type + ", only for " + BY_TYPE.keySet());
    }
    return runner;
  }
}
