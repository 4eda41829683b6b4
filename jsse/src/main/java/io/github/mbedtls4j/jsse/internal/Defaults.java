package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.provider.internal.key.RunningJdk;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the system properties of JSSE say about connections that an application does not set up. */
public final class Defaults {
  /** Protocols of the JDK that a list may name though Mbed TLS has them not. */
  private static final Set<String> OTHER_PROTOCOLS =
      Set.of("SSLv2Hello", "SSLv3", "TLSv1.3", "DTLSv1.0", "DTLSv1.2");

  private static final int MAX_SERVER_CHAIN = 10;

  private Defaults() {}

  /**
   * The protocols of {@code jdk.tls.client.protocols}, else TLS 1.2.
   *
   * @throws IllegalArgumentException if the property names what is no protocol
   */
  public static List<Protocol> clientProtocols() {
    return protocols("jdk.tls.client.protocols");
  }

  /**
   * The protocols of {@code jdk.tls.server.protocols}, else TLS 1.2.
   *
   * @throws IllegalArgumentException if the property names what is no protocol
   */
  public static List<Protocol> serverProtocols() {
    return protocols("jdk.tls.server.protocols");
  }

  private static List<Protocol> protocols(String property) {
    List<String> names = list(property);
    if (names == null) {
      return Protocol.DEFAULT;
    }
    List<String> known = List.of(Protocol.supportedNames());
    for (String name : names) {
      if (!known.contains(name) && !OTHER_PROTOCOLS.contains(name)) {
        throw new IllegalArgumentException(
            property + ": " + name + " is not a supported SSL protocol name");
      }
    }
    String[] ours = names.stream().filter(known::contains).toArray(String[]::new);
    return ours.length == 0 ? List.of() : Protocol.of(ours);
  }

  /** The suites named for an end's connections; null if none that is supported is. */
  static List<Suite> suites(boolean client) {
    List<String> names =
        list(client ? "jdk.tls.client.cipherSuites" : "jdk.tls.server.cipherSuites");
    if (names == null) {
      return null;
    }
    List<String> supported = List.of(Suite.supportedNames());
    String[] known = names.stream().filter(supported::contains).toArray(String[]::new);
    return known.length == 0 ? null : Suite.of(known);
  }

  /** The groups named for all connections; null for the defaults. */
  static List<String> namedGroups() {
    return list("jdk.tls.namedGroups");
  }

  /** The schemes named for an end's connections; null if none that is known is. */
  static List<String> signatureSchemes(boolean client) {
    List<String> names =
        list(client ? "jdk.tls.client.SignatureSchemes" : "jdk.tls.server.SignatureSchemes");
    return names == null || Scheme.of(names).isEmpty() ? null : names;
  }

  /** How many certificates an end's peer may send. */
  static int maxPeerChain(boolean client) {
    String end = client ? "client" : "server";
    Integer own = Integer.getInteger("jdk.tls." + end + ".maxInboundCertificateChainLength");
    if (own != null && own >= 0) {
      return own;
    }
    Integer general = Integer.getInteger("jdk.tls.maxCertificateChainLength");
    if (general != null && general >= 0) {
      return general;
    }
    return client ? MAX_SERVER_CHAIN : RunningJdk.maxClientChain();
  }

  /** A list between commas, and maybe in quotation marks; null if it is empty. */
  private static List<String> list(String property) {
    String value = System.getProperty(property, "").trim();
    if (value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")) {
      value = value.substring(1, value.length() - 1);
    }
    List<String> items = new ArrayList<>();
    for (String item : value.split(",", -1)) {
      if (!item.isBlank()) {
        items.add(item.trim());
      }
    }
    return items.isEmpty() ? null : List.copyOf(items);
  }
}
