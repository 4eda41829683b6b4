package io.github.mbedtls4j.examples;

import io.github.mbedtls4j.provider.MbedTlsProvider;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;

/** A signature with an elliptic curve; the same message gives the same one (RFC 6979). */
public final class EcdsaExample {
  private EcdsaExample() {}

  /** Prints the outcome. */
  public static void main(String[] arguments) throws Exception {
    run(new MbedTlsProvider()).forEach(System.out::println);
  }

  static List<String> run(Provider provider) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    byte[] message = "sign this message".getBytes(StandardCharsets.UTF_8);
    Signature signature = Signature.getInstance("SHA256withECDSA", provider);
    signature.initSign(pair.getPrivate());
    signature.update(message);
    byte[] signed = signature.sign();
    signature.update(message);
    boolean same = Arrays.equals(signed, signature.sign());
    signature.initVerify(pair.getPublic());
    signature.update(message);
    return List.of("verified: " + signature.verify(signed), "deterministic: " + same);
  }
}
