package io.github.mbedtls4j.examples;

import io.github.mbedtls4j.provider.KeyPairs;
import io.github.mbedtls4j.provider.MbedTlsProvider;
import io.github.mbedtls4j.provider.PemReader;
import io.github.mbedtls4j.provider.PemWriter;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.util.ArrayList;
import java.util.List;

/** Keys in files, as OpenSSL reads and writes them. */
public final class KeyFileExample {
  private KeyFileExample() {}

  /**
   * Prints the outcome.
   *
   * @param arguments none, or a file with a private key, whose password is asked for if it has one
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0) {
      try (InputStream in = Files.newInputStream(Path.of(arguments[0]))) {
        System.out.println(
            PemReader.readPrivateKey(in, () -> System.console().readPassword("Password: ")));
      }
      return;
    }
    run(new MbedTlsProvider()).forEach(System.out::println);
  }

  static List<String> run(Provider provider) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    Path folder = Files.createTempDirectory("keys");
    Path privateFile = folder.resolve("private.pem");
    Path publicFile = folder.resolve("public.pem");
    List<String> lines = new ArrayList<>();
    try {
      char[] password = "correct horse".toCharArray();
      Files.write(privateFile, PemWriter.encryptedPkcs8(pair.getPrivate(), password));
      Files.write(publicFile, PemWriter.subjectPublicKeyInfo(pair.getPublic()));
      lines.add(Files.readAllLines(privateFile).get(0));
      PublicKey publicKey = PemReader.readPublicKey(Files.readAllBytes(publicFile));
      try (InputStream in = Files.newInputStream(privateFile)) {
        PrivateKey privateKey = PemReader.readPrivateKey(in, password::clone);
        lines.add("a pair: " + KeyPairs.matches(publicKey, privateKey));
      }
      try {
        PemReader.readPrivateKey(Files.readAllBytes(privateFile), "wrong".toCharArray());
      } catch (InvalidKeySpecException e) {
        lines.add(e.getMessage());
      }
    } finally {
      Files.deleteIfExists(privateFile);
      Files.deleteIfExists(publicFile);
      Files.delete(folder);
    }
    return lines;
  }
}
