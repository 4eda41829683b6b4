package io.github.mbedtls4j.jsse.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;

/**
 * What a server must know of a ClientHello (RFC 5246 section 7.4.1.2) before Mbed TLS acts on it.
 *
 * @param minorVersion the highest version that the client offers, up to TLS 1.2
 * @param versions what it offers instead since RFC 8446, with the major version; empty for nothing
 * @param suites IANA numbers in the client's order
 * @param serverNames RFC 6066 section 3
 * @param protocols ALPN names (RFC 7301) in the client's order
 * @param signatureAlgorithms JCA names; SHA-1 with either key if the client names none
 * @param groups the numbers of its groups in the client's order
 * @param resumption what the client says of sessions
 */
record ClientHello(
    int minorVersion,
    List<Integer> versions,
    List<Integer> suites,
    List<SNIServerName> serverNames,
    List<String> protocols,
    List<String> signatureAlgorithms,
    List<Integer> groups,
    ResumptionRequest resumption) {
  private static final int SERVER_NAME = 0;
  private static final int SUPPORTED_GROUPS = 10;
  private static final int SIGNATURE_ALGORITHMS = 13;
  private static final int ALPN = 16;
  private static final int SUPPORTED_VERSIONS = 43;

  private static final int RANDOM = 32;
  private static final int TLS_MAJOR = 3;
  private static final int SECP256R1 = 23;

  /**
   * Reads the body of a ClientHello.
   *
   * @throws RuntimeException of any kind if it is malformed
   */
  static ClientHello parse(ByteBuffer body) {
    ResumptionRequest resumption = ResumptionRequest.parse(body.duplicate());
    Wire.uint8(body);
    int minor = Wire.uint8(body);
    Wire.skip(body, RANDOM);
    Wire.vector8(body);
    List<Integer> suites = numbers(Wire.vector16(body));
    List<Integer> groups = List.of();
    List<Integer> versions = List.of();
    Wire.vector8(body);
    List<SNIServerName> names = new ArrayList<>();
    List<String> protocols = new ArrayList<>();
    List<String> signatures = new ArrayList<>();
    boolean named = false;
    if (body.hasRemaining()) {
      for (ByteBuffer all = Wire.vector16(body); all.hasRemaining(); ) {
        int type = Wire.uint16(all);
        ByteBuffer extension = Wire.vector16(all);
        switch (type) {
          case SERVER_NAME -> serverNames(Wire.vector16(extension), names);
          case SUPPORTED_GROUPS -> groups = numbers(Wire.vector16(extension));
          case SUPPORTED_VERSIONS -> versions = numbers(Wire.vector8(extension));
          case ALPN -> protocols(Wire.vector16(extension), protocols);
          case SIGNATURE_ALGORITHMS -> {
            named = true;
            SignatureScheme.read(Wire.vector16(extension), signatures);
          }
          default -> {}
        }
      }
    }
    if (!named) {
      signatures.addAll(SignatureScheme.DEFAULT);
    }
    return new ClientHello(
        minor,
        List.copyOf(versions),
        List.copyOf(suites),
        List.copyOf(names),
        List.copyOf(protocols),
        signatures,
        List.copyOf(groups),
        resumption);
  }

  /** Whether the client, as far as it says so, speaks a protocol. */
  boolean names(Protocol protocol) {
    return versions.isEmpty() || versions.contains((TLS_MAJOR << 8) | protocol.minor());
  }

  boolean hasSecp256r1() {
    return groups.contains(SECP256R1);
  }

  private static List<Integer> numbers(ByteBuffer list) {
    List<Integer> numbers = new ArrayList<>();
    while (list.hasRemaining()) {
      numbers.add(Wire.uint16(list));
    }
    return numbers;
  }

  private static void serverNames(ByteBuffer list, List<SNIServerName> names) {
    while (list.hasRemaining()) {
      int type = Wire.uint8(list);
      byte[] name = Wire.bytes(Wire.vector16(list));
      names.add(type == 0 ? new SNIHostName(name) : new UnknownServerName(type, name));
    }
  }

  private static void protocols(ByteBuffer list, List<String> protocols) {
    while (list.hasRemaining()) {
      protocols.add(new String(Wire.bytes(Wire.vector8(list)), StandardCharsets.ISO_8859_1));
    }
  }

  private static final class UnknownServerName extends SNIServerName {
    UnknownServerName(int type, byte[] encoded) {
      super(type, encoded);
    }
  }
}
