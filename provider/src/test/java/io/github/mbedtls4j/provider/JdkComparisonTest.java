package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Every service of the JDK's cryptographic providers is served by ours, or there is a reason why
 * not; the comparison is printed.
 */
class JdkComparisonTest {
  private static final String NOT_IN_LIBRARY = "not in Mbed TLS 2.28";
  private static final String NOT_CRYPTOGRAPHY = "not cryptography: the JDK's own goes on serving";

  /** Patterns of {@code type.name}, the first that matches counts. */
  private static final Map<String, String> REASONS = new LinkedHashMap<>();

  static {
    REASONS.put("(?i).*SHA3-.*|.*SHAKE.*|.*Keccak.*", NOT_IN_LIBRARY);
    REASONS.put("(?i).*(Ed25519|Ed448|EdDSA).*", NOT_IN_LIBRARY);
    REASONS.put("(?i).*(ML-DSA|ML-KEM|HSS/LMS|DHKEM).*", NOT_IN_LIBRARY);
    REASONS.put("[A-Za-z]+\\.(.*with)?DSA(inP1363Format)?", NOT_IN_LIBRARY);
    REASONS.put("(?i).*RC2.*", NOT_IN_LIBRARY);
    REASONS.put("KeyStore\\..*|Cert.*\\..*|Configuration\\..*|Policy\\..*", NOT_CRYPTOGRAPHY);
    REASONS.put(
        "SecureRandom\\.(NativePRNG.*|Windows-PRNG|SHA1PRNG)",
        "names of other generators, the last with a promise about its seed");
    REASONS.put(
        "KeyGenerator\\.SunTls.*|Mac\\.SslMac.*",
        "between SunJSSE and SunJCE, by internal classes");
    REASONS.put(
        "[A-Za-z]+\\.PBEWith(MD5AndDES|MD5AndTripleDES|SHA1AndDESede|SHA1AndRC4_.*)",
        "a family is served whole or not, and RC2 is " + NOT_IN_LIBRARY);
    REASONS.put(
        "KDF\\..*", "in the multi-release jar, not in this test's folders; see MultiReleaseTest");
    REASONS.put("[A-Za-z]+\\.(X509|ASN\\.1).*", NOT_CRYPTOGRAPHY);
  }

  @Test
  void everyServiceIsServedOrHasAReason() {
    Provider ours = new MbedTlsProvider();
    Map<String, String> withheld = new TreeMap<>();
    List<String> unexplained = new ArrayList<>();
    int served = 0;
    for (String name : List.of("SUN", "SunRsaSign", "SunEC", "SunJCE")) {
      for (Provider.Service theirs : Security.getProvider(name).getServices()) {
        if (ours.getService(theirs.getType(), theirs.getAlgorithm()) != null) {
          served++;
          continue;
        }
        String service = theirs.getType() + "." + theirs.getAlgorithm();
        String reason = reason(service);
        if (reason == null) {
          unexplained.add(service);
        } else {
          withheld.put(service, reason);
        }
      }
    }
    StringBuilder table = new StringBuilder();
    table.append("Services of SUN, SunRsaSign, SunEC and SunJCE of JDK ").append(Runtime.version());
    table.append(": ").append(served).append(" served, ").append(withheld.size());
    table.append(" withheld\n");
    withheld.forEach((s, r) -> table.append("  ").append(s).append(": ").append(r).append('\n'));
    System.out.print(table);
    assertEquals(List.of(), unexplained, "neither served nor explained");
    assertTrue(served > withheld.size(), table::toString);
  }

  private static String reason(String service) {
    return REASONS.entrySet().stream()
        .filter(entry -> service.matches(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }
}
