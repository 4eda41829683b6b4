package io.github.mbedtls4j.examples;

import io.github.mbedtls4j.provider.Hkdf;
import io.github.mbedtls4j.provider.MbedTlsProvider;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.util.HexFormat;
import java.util.List;

/** Key derivation by HKDF (RFC 5869), in one go and in its two steps. */
public final class HkdfExample {
  private HkdfExample() {}

  /** Prints the outcome. */
  public static void main(String[] arguments) throws Exception {
    run(new MbedTlsProvider()).forEach(System.out::println);
  }

  static List<String> run(Provider provider) throws Exception {
    byte[] secret = "my secret key".getBytes(StandardCharsets.UTF_8);
    byte[] salt = "and pepper".getBytes(StandardCharsets.UTF_8);
    byte[] info = "my cool app".getBytes(StandardCharsets.UTF_8);
    Hkdf hkdf = Hkdf.with("SHA-256");
    byte[] key = hkdf.derive(secret, salt, info, 42);
    byte[] same = hkdf.expand(hkdf.extract(salt, secret), info, 42);
    return List.of(
        provider.getName() + " HKDF-SHA256 " + HexFormat.of().formatHex(key),
        "in two steps " + HexFormat.of().formatHex(same));
  }
}
