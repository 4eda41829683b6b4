package io.github.mbedtls4j.wycheproof;

import java.util.Map;

/** Which runner serves which group type; one row adds a schema. */
final class Runners {

  private static final Map<String, VectorRunner> BY_TYPE =
      Map.ofEntries(
          Map.entry("AeadTest", new AeadRunner()),
          Map.entry("IndCpaTest", new IndCpaRunner()),
          Map.entry("MacTest", new MacRunner()),
          Map.entry("KeywrapTest", new KeyWrapRunner()),
          Map.entry("EcdsaVerify", new VerifyRunner("EC", "withECDSA")),
          Map.entry("EcdsaBitcoinVerify", new VerifyRunner("EC", "withECDSA")),
          Map.entry("EcdsaP1363Verify", new VerifyRunner("EC", "withECDSAinP1363Format")),
          Map.entry("RsassaPkcs1Verify", new VerifyRunner("RSA", "withRSA")),
          Map.entry("RsassaPkcs1Generate", new SignRunner()),
          Map.entry("RsaesPkcs1Decrypt", new RsaDecryptRunner(false)),
          Map.entry("RsaesOaepDecrypt", new RsaDecryptRunner(true)),
          Map.entry("RsassaPssVerify", new PssRunner("RSA")),
          Map.entry("RsassaPssWithParametersVerify", new PssRunner("RSASSA-PSS")),
          Map.entry("EcdhTest", new EcdhRunner(EcdhRunner.Encoding.ASN)),
          Map.entry("EcdhEcpointTest", new EcdhRunner(EcdhRunner.Encoding.ECPOINT)),
          Map.entry("EcdhPemTest", new EcdhRunner(EcdhRunner.Encoding.PEM)),
          Map.entry("XdhComp", new XdhRunner(XdhRunner.Encoding.RAW)),
          Map.entry("XdhAsnComp", new XdhRunner(XdhRunner.Encoding.ASN)),
          Map.entry("XdhPemComp", new XdhRunner(XdhRunner.Encoding.PEM)),
          Map.entry("XdhJwkComp", new XdhRunner(XdhRunner.Encoding.JWK)),
          Map.entry("HkdfTest", new HkdfRunner()),
          Map.entry("PbeTest", new Pbes2Runner()),
          Map.entry("PbkdfTest", new Pbkdf2Runner()));

  private Runners() {}

  static VectorRunner of(String type) {
    VectorRunner runner = BY_TYPE.get(type);
    if (runner == null) {
      throw new AssertionError("no runner for " + type + ", only for " + BY_TYPE.keySet());
    }
    return runner;
  }
}
