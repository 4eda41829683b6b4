package io.github.mbedtls4j.jsse.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The protocol versions of Mbed TLS 2.28. */
public enum Protocol {
  TLSV1("TLSv1", 1),
  TLSV1_1("TLSv1.1", 2),
  TLSV1_2("TLSv1.2", 3);

  /** What a context named TLS enables. */
  public static final List<Protocol> DEFAULT = List.of(TLSV1_2);

  private final String standardName;
  private final int minor;

  Protocol(String standardName, int minor) {
    this.standardName = standardName;
    this.minor = minor;
  }

  /** The name in JSSE. */
  String standardName() {
    return standardName;
  }

  /** The minor version on the wire; the major is 3. */
  int minor() {
    return minor;
  }

  static String[] supportedNames() {
    return names(List.of(values()));
  }

  static String[] names(List<Protocol> protocols) {
    return protocols.stream().map(Protocol::standardName).toArray(String[]::new);
  }

  /**
   * Protocols by their names, the highest first.
   *
   * @throws IllegalArgumentException for an unknown name, null or an empty array
   */
  static List<Protocol> of(String[] names) {
    if (names == null || names.length == 0) {
      throw new IllegalArgumentException("no protocols");
    }
    List<Protocol> protocols = new ArrayList<>();
    for (String name : names) {
      protocols.add(of(name));
    }
    protocols.sort(Comparator.reverseOrder());
    return List.copyOf(protocols);
  }

  private static Protocol of(String name) {
    for (Protocol protocol : values()) {
      if (protocol.standardName.equals(name)) {
        return protocol;
      }
    }
    throw new IllegalArgumentException(
        "TLSv1.3".equals(name)
            ? "Unsupported protocol: TLSv1.3 (Mbed TLS 2.28 implements TLS 1.0 to 1.2)"
            : "Unsupported protocol: " + name);
  }

  /** Those that {@code jdk.tls.disabledAlgorithms} leaves, the highest first. */
  static List<Protocol> permitted(List<Protocol> protocols) {
    Constraints constraints = new Constraints(null);
    return protocols.stream()
        .filter(protocol -> constraints.permits(protocol.standardName))
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** The protocol of a minor version on the wire; versions from 1.3 on are taken for 1.2. */
  static Protocol ofMinor(int minor) {
    return minor >= TLSV1_2.minor ? TLSV1_2 : minor == TLSV1_1.minor ? TLSV1_1 : TLSV1;
  }
}
