package io.github.mbedtls4j.examples;

import io.github.mbedtls4j.provider.MbedTlsProvider;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import javax.crypto.Cipher;

/** RSA: encryption for a public key, and a signature; keys as other programs read them. */
public final class RsaExample {
  private RsaExample() {}

  /** Prints the outcome. */
  public static void main(String[] arguments) throws Exception {
    run(new MbedTlsProvider()).forEach(System.out::println);
  }

  static List<String> run(Provider provider) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", provider);
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    // What travels is the encoding (SubjectPublicKeyInfo), which every program reads.
    PublicKey sent =
        KeyFactory.getInstance("RSA", provider)
            .generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded()));

    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding", provider);
    cipher.init(Cipher.ENCRYPT_MODE, sent);
    byte[] encrypted = cipher.doFinal("secret message".getBytes(StandardCharsets.UTF_8));
    cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate());
    String decrypted = new String(cipher.doFinal(encrypted), StandardCharsets.UTF_8);

    byte[] message = "sign this message".getBytes(StandardCharsets.UTF_8);
    Signature signature = Signature.getInstance("SHA256withRSA", provider);
    signature.initSign(pair.getPrivate());
    signature.update(message);
    byte[] signed = signature.sign();
    signature.initVerify(sent);
    signature.update(message);
    return List.of("decrypted: " + decrypted, "verified: " + signature.verify(signed));
  }
}
