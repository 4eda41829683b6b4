package io.github.mbedtls4j.examples;

import io.github.mbedtls4j.provider.MbedTlsProvider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Provider;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Message digests: in pieces, by a copy of a running digest, and all at once. */
public final class DigestExample {
  private DigestExample() {}

  /** Prints the outcome. */
  public static void main(String[] arguments) throws Exception {
    run(new MbedTlsProvider()).forEach(System.out::println);
  }

  static List<String> run(Provider provider) throws Exception {
    byte[] first = "Nobody inspects".getBytes(StandardCharsets.UTF_8);
    byte[] second = " the spammish repetition".getBytes(StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    for (String algorithm : List.of("MD5", "SHA-224", "RIPEMD160")) {
      MessageDigest digest = MessageDigest.getInstance(algorithm, provider);
      digest.update(first);
      MessageDigest copy = (MessageDigest) digest.clone();
      digest.update(second);
      lines.add(algorithm + " " + HexFormat.of().formatHex(digest.digest()));
      lines.add(algorithm + " of the first part " + HexFormat.of().formatHex(copy.digest()));
    }
    return lines;
  }
}
