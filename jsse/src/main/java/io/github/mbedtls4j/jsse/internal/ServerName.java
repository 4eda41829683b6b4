package io.github.mbedtls4j.jsse.internal;

import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;

/** The name that a client sends as SNI (RFC 6066 section 3). */
final class ServerName {
  /** Such as 127.1, which resolvers take for an address. */
  private static final Pattern DIGITS = Pattern.compile("[0-9.]+");

  private ServerName() {}

  /**
   * The application's, else the host's if it is a name; null for none. The session is told of all
   * names that the application set.
   */
  static String toSend(Settings<?> settings, Session session) {
    List<SNIServerName> names = settings.serverNames();
    if (names != null) {
      session.setRequestedServerNames(names);
      return names.stream()
          .filter(SNIHostName.class::isInstance)
          .map(name -> ((SNIHostName) name).getAsciiName())
          .findFirst()
          .orElse(null);
    }
    SNIHostName name = of(session.getPeerHost());
    if (name == null) {
      return null;
    }
    session.setRequestedServerNames(List.of(name));
    return name.getAsciiName();
  }

  /** The server name that stands for a host by default; null for an address or a short name. */
  static SNIHostName of(String host) {
    if (host == null || IpLiteral.parse(host) != null || DIGITS.matcher(host).matches()) {
      return null;
    }
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (name.indexOf('.') <= 0) {
      return null;
    }
    try {
      return new SNIHostName(name);
    } catch (IllegalArgumentException e) {
      // Not a name that SNI can carry, such as one with an underscore: as SunJSSE, send none.
      return null;
    }
  }
}
