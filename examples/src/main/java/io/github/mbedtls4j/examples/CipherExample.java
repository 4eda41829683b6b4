package io.github.mbedtls4j.examples;

import io.github.mbedtls4j.provider.MbedTlsProvider;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encryption with AES in CBC mode, without padding and with it. */
public final class CipherExample {
  private CipherExample() {}

  /** Prints the outcome. */
  public static void main(String[] arguments) throws Exception {
    run(new MbedTlsProvider()).forEach(System.out::println);
  }

  static List<String> run(Provider provider) throws Exception {
    SecretKey key = new SecretKeySpec("My 16-bytes key.".getBytes(StandardCharsets.UTF_8), "AES");
    IvParameterSpec iv = new IvParameterSpec("CBC needs an IV.".getBytes(StandardCharsets.UTF_8));
    byte[] message = "This is a super-secret message!!".getBytes(StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    for (String padding : List.of("NoPadding", "PKCS5Padding")) {
      Cipher cipher = Cipher.getInstance("AES/CBC/" + padding, provider);
      cipher.init(Cipher.ENCRYPT_MODE, key, iv);
      byte[] encrypted = cipher.doFinal(message);
      lines.add(padding + " " + HexFormat.of().formatHex(encrypted));
      cipher.init(Cipher.DECRYPT_MODE, key, iv);
      lines.add(new String(cipher.doFinal(encrypted), StandardCharsets.UTF_8));
    }
    return lines;
  }
}
