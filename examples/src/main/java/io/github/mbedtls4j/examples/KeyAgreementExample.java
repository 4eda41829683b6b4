package io.github.mbedtls4j.examples;

import io.github.mbedtls4j.provider.MbedTlsProvider;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.crypto.KeyAgreement;

/** Two parties agree on a secret: Diffie-Hellman, ECDH, and X25519. */
public final class KeyAgreementExample {
  private KeyAgreementExample() {}

  /** Prints the outcome. */
  public static void main(String[] arguments) throws Exception {
    run(new MbedTlsProvider()).forEach(System.out::println);
  }

  static List<String> run(Provider provider) throws Exception {
    List<String> lines = new ArrayList<>();
    Map<String, String> keysOf =
        Map.of("DiffieHellman", "DiffieHellman", "ECDH", "EC", "X25519", "X25519");
    for (String algorithm : List.of("DiffieHellman", "ECDH", "X25519")) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(keysOf.get(algorithm), provider);
      KeyPair alice = generator.generateKeyPair();
      KeyPair bob = generator.generateKeyPair();
      byte[] ofAlice = agree(provider, algorithm, alice.getPrivate(), bob.getPublic());
      byte[] ofBob = agree(provider, algorithm, bob.getPrivate(), alice.getPublic());
      lines.add(
          algorithm + ": " + ofAlice.length + " bytes, equal: " + Arrays.equals(ofAlice, ofBob));
    }
    return lines;
  }

  private static byte[] agree(Provider provider, String algorithm, PrivateKey own, PublicKey peer)
      throws Exception {
    KeyAgreement agreement = KeyAgreement.getInstance(algorithm, provider);
    agreement.init(own);
    agreement.doPhase(peer, true);
    return agreement.generateSecret();
  }
}
