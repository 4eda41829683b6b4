package io.github.mbedtls4j.examples;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** Digests, encryption, signatures, key agreement: on ours, checked by the JDK's and back. */
final class CryptoChecks {
  private static final int MAX_FILE = 32 << 20;

  private CryptoChecks() {}

  static void run(Report report, Demo.Peers peers, Path file) throws Exception {
    byte[] data;
    try (InputStream in = Files.newInputStream(file)) {
      data = in.readNBytes(MAX_FILE);
    }
    Provider ours = peers.crypto();
    report.section("A file: " + file.getFileName() + ", " + data.length + " bytes");
    digest(report, data, ours, peers.jdk("SUN"));
    encryption(report, data, ours, peers.jdk("SunJCE"));

    report.section("Signatures and key agreement");
    KeyPair rsa = keys("RSA", ours);
    KeyPair ec = keys("EC", ours);
    KeyPair jdkRsa = keys("RSA", peers.jdk("SunRsaSign"));
    KeyPair jdkEc = keys("EC", peers.jdk("SunEC"));
    signatures(report, "RSA 2048", "SHA256withRSA", data, ours, peers.jdk("SunRsaSign"), rsa);
    signatures(
        report,
        "RSA 2048, JDK's keys",
        "SHA256withRSA",
        data,
        ours,
        peers.jdk("SunRsaSign"),
        jdkRsa);
    signatures(report, "ECDSA P-256", "SHA256withECDSA", data, ours, peers.jdk("SunEC"), ec);
    signatures(
        report,
        "ECDSA P-256, JDK's keys",
        "SHA256withECDSA",
        data,
        ours,
        peers.jdk("SunEC"),
        jdkEc);
    report.check(
        "ECDH P-256",
        "one secret, agreed on by MbedTLS and the JDK",
        () ->
            Arrays.equals(
                secret(ours, ec.getPrivate(), jdkEc.getPublic()),
                secret(peers.jdk("SunEC"), jdkEc.getPrivate(), ec.getPublic())));
  }

  private static void digest(Report report, byte[] data, Provider ours, Provider jdk)
      throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256", ours).digest(data);
    String hex = HexFormat.of().formatHex(digest);
    report.check(
        "SHA-256",
        hex.substring(0, 16) + "..." + hex.substring(48) + " as the JDK's",
        () -> Arrays.equals(digest, MessageDigest.getInstance("SHA-256", jdk).digest(data)));
  }

  private static void encryption(Report report, byte[] data, Provider ours, Provider jdk)
      throws Exception {
    KeyGenerator generator = KeyGenerator.getInstance("AES", ours);
    generator.init(256);
    SecretKey key = generator.generateKey();
    byte[] iv = new byte[12];
    SecureRandom.getInstance("DRBG").nextBytes(iv);
    byte[] sealed = aesGcm(Cipher.ENCRYPT_MODE, key, iv, ours, data);
    report.check(
        "AES-256-GCM encrypt",
        "the same ciphertext and tag as the JDK's",
        () -> Arrays.equals(sealed, aesGcm(Cipher.ENCRYPT_MODE, key, iv, jdk, data)));
    report.check(
        "AES-256-GCM decrypt",
        "gives the file back",
        () -> Arrays.equals(data, aesGcm(Cipher.DECRYPT_MODE, key, iv, ours, sealed)));
    report.check(
        "AES-256-GCM forgery",
        "one flipped bit: AEADBadTagException",
        () -> {
          byte[] forged = sealed.clone();
          forged[forged.length / 2] ^= 1;
          try {
            aesGcm(Cipher.DECRYPT_MODE, key, iv, ours, forged);
            return false;
          } catch (AEADBadTagException e) {
            return true;
          }
        });
  }

  private static byte[] aesGcm(int mode, SecretKey key, byte[] iv, Provider provider, byte[] data)
      throws Exception {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
    cipher.init(mode, key, new GCMParameterSpec(128, iv));
    return cipher.doFinal(data);
  }

  static KeyPair keys(String algorithm, Provider provider) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, provider);
    if (algorithm.equals("EC")) {
      generator.initialize(new ECGenParameterSpec("secp256r1"));
    } else {
      generator.initialize(2048);
    }
    return generator.generateKeyPair();
  }

  private static void signatures(
      Report report,
      String name,
      String algorithm,
      byte[] data,
      Provider ours,
      Provider jdk,
      KeyPair keys) {
    report.check(
        name,
        "signed by MbedTLS, verified by " + jdk.getName(),
        () -> verify(algorithm, jdk, keys, data, sign(algorithm, ours, keys, data)));
    report.check(
        "",
        "signed by " + jdk.getName() + ", verified by MbedTLS",
        () -> {
          byte[] signature = sign(algorithm, jdk, keys, data);
          byte[] other = data.clone();
          other[0] ^= 1;
          return verify(algorithm, ours, keys, data, signature)
              && !verify(algorithm, ours, keys, other, signature);
        });
  }

  private static byte[] sign(String algorithm, Provider provider, KeyPair keys, byte[] data)
      throws Exception {
    Signature signature = Signature.getInstance(algorithm, provider);
    signature.initSign(keys.getPrivate());
    signature.update(data);
    return signature.sign();
  }

  private static boolean verify(
      String algorithm, Provider provider, KeyPair keys, byte[] data, byte[] value)
      throws Exception {
    Signature signature = Signature.getInstance(algorithm, provider);
    signature.initVerify(keys.getPublic());
    signature.update(data);
    return signature.verify(value);
  }

  private static byte[] secret(Provider provider, PrivateKey own, PublicKey other)
      throws Exception {
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
    agreement.init(own);
    agreement.doPhase(other, true);
    return agreement.generateSecret();
  }
}
