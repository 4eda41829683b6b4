package io.github.mbedtls4j.examples;

import io.github.mbedtls4j.provider.MbedTlsProvider;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A message authentication code; the object is ready for the next message afterwards. */
public final class HmacExample {
  private HmacExample() {}

  /** Prints the outcome. */
  public static void main(String[] arguments) throws Exception {
    run(new MbedTlsProvider()).forEach(System.out::println);
  }

  static List<String> run(Provider provider) throws Exception {
    byte[] key = "This is my secret key".getBytes(StandardCharsets.UTF_8);
    Mac mac = Mac.getInstance("HmacMD5", provider);
    mac.init(new SecretKeySpec(key, "HmacMD5"));
    mac.update("Nobody inspects".getBytes(StandardCharsets.UTF_8));
    byte[] tag = mac.doFinal(" the spammish repetition".getBytes(StandardCharsets.UTF_8));
    return List.of("HmacMD5 " + HexFormat.of().formatHex(tag));
  }
}
