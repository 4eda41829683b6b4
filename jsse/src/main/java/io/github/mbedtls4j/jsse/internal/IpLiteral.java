package io.github.mbedtls4j.jsse.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Tells IP addresses from host names, without asking a name server. */
final class IpLiteral {
  private static final Pattern V4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern V6 =
      Pattern.compile("\\[?[0-9a-fA-F:][0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%.*)?]?");

  private IpLiteral() {}

  /** The address that a host's text is; null if it is a name. */
  static byte[] parse(String host) {
    if (!V4.matcher(host).matches() && !V6.matcher(host).matches()) {
      return null;
    }
    try {
      // Text of these forms is never looked up.
      return InetAddress.getByName(host).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
