package io.github.mbedtls4j.provider;

import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.SecretKey;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;

/** Keys and parameters for a transformation, mostly right ones. */
final class CipherInputs {
  final boolean gcm;
  final boolean chacha;
  final boolean aead;

  /** It takes no parameters. */
  final boolean bare;

  /** It takes whole blocks alone. */
  final boolean wholeBlocks;

  final boolean padded;
  final int block;
  private final String transformation;
  private final String algorithm;

  CipherInputs(String transformation) {
    this.transformation = transformation;
    algorithm = transformation.replaceFirst("[_/].*", "");
    gcm = transformation.contains("GCM");
    chacha = transformation.startsWith("ChaCha20");
    aead = gcm || transformation.endsWith("Poly1305");
    bare =
        (!transformation.contains("/") && !chacha)
            || transformation.contains("ECB")
            || algorithm.equals("ARCFOUR");
    wholeBlocks =
        transformation.contains("NoPadding") && transformation.matches(".*/(ECB|CBC|PCBC)/.*");
    padded = !transformation.endsWith("NoPadding") && !chacha && !algorithm.equals("ARCFOUR");

    block = algorithm.equals("AES") ? 16 : 8;
  }

  SecretKey key(Random random) {
    int[] lengths = lengths();
    int length = lengths[random.nextInt(lengths.length)];
    if (random.nextInt(10) == 0) {
      length = 15;
    }
    return new TestKey(
        random.nextInt(10) == 0 ? "x" : name(random),
        random.nextInt(30) == 0 ? "X.509" : "RAW",
        random.nextInt(40) == 0 && !algorithm.equals("ARCFOUR")
            ? null
            : HexFormat.of().formatHex(RandomRun.bytes(random, length)));
  }

  private int[] lengths() {
    if (transformation.startsWith("AES_")) {
      return new int[] {Integer.parseInt(transformation.substring(4, 7)) / 8};
    }
    return switch (algorithm) {
      case "AES" -> new int[] {16, 24, 32};
      case "DES" -> new int[] {8};
      case "DESede" -> new int[] {24};
      case "Blowfish" -> new int[] {4, 5, 8, 16, 31, 56};
      case "ARCFOUR" -> new int[] {4, 5, 16, 24, 128, 129};
      default -> new int[] {32};
    };
  }

  private String name(Random random) {
    String[] names =
        switch (algorithm) {
          case "AES" -> new String[] {"AES", "AES", "aes", "Rijndael"};
          case "DESede" -> new String[] {"DESede", "TripleDES", "desede"};
          case "ARCFOUR" -> new String[] {"ARCFOUR", "RC4"};
          default -> new String[] {algorithm};
        };
    return names[random.nextInt(names.length)];
  }

  AlgorithmParameterSpec params(Random random) {
    if (random.nextInt(30) == 0) {
      return new ECGenParameterSpec("secp256r1");
    }
    if (random.nextInt(8) == 0 || (bare && random.nextInt(20) != 0)) {
      return null;
    }
    if (chacha && random.nextInt(20) != 0) {
      byte[] nonce = RandomRun.bytes(random, 12);
      return aead
          ? new IvParameterSpec(nonce)
          : new ChaCha20ParameterSpec(nonce, random.nextInt(1000));
    }
    if (gcm == (random.nextInt(30) != 0)) {
      int tag = random.nextInt(12) == 0 ? random.nextInt(140) : 96 + 8 * random.nextInt(5);
      int iv = random.nextInt(3) == 0 ? random.nextInt(70) : 12;
      return new GCMParameterSpec(tag, RandomRun.bytes(random, iv));
    }
    return new IvParameterSpec(RandomRun.bytes(random, random.nextInt(12) == 0 ? 12 : block));
  }
}
