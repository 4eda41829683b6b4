package io.github.mbedtls4j.jsse.internal;

import java.net.IDN;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Whether a certificate was made for a host: RFC 2818 section 3.1 (HTTPS) and RFC 4513 section
 * 3.1.3 (LDAPS), narrowed to RFC 6125 section 6.4: a wildcard is a whole left-most label and stands
 * for exactly one.
 */
final class HostNameChecker {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private HostNameChecker() {}

  /**
   * Checks a certificate's names.
   *
   * @param algorithm the endpoint identification algorithm, {@code HTTPS} or {@code LDAPS}
   * @param host a DNS name or an IP address; null is never accepted
   * @throws CertificateException if it was not made for the host
   */
  static void check(String algorithm, String host, X509Certificate certificate)
      throws CertificateException {
    if (!algorithm.equalsIgnoreCase("HTTPS") && !algorithm.equalsIgnoreCase("LDAPS")) {
      throw new CertificateException("Unknown identification algorithm: " + algorithm);
    }
    if (host == null || host.isEmpty()) {
      throw new CertificateException("no host name to check the certificate against");
    }
    byte[] address = IpLiteral.parse(host);
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    boolean found =
        address != null ? matchesAddress(names, address) : matchesName(names, host, certificate);
    if (!found) {
      throw new CertificateException(
          "No subject alternative "
              + (address != null ? "IP address" : "DNS name")
              + " matching "
              + host
              + " found.");
    }
  }

  private static boolean matchesAddress(Collection<List<?>> names, byte[] address) {
    if (names != null) {
      for (List<?> name : names) {
        if ((Integer) name.get(0) == IP_ADDRESS
            && Arrays.equals(address, IpLiteral.parse((String) name.get(1)))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean matchesName(
      Collection<List<?>> names, String host, X509Certificate certificate)
      throws CertificateException {
    String ascii;
    try {
      ascii = IDN.toASCII(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
    } catch (IllegalArgumentException e) {
      throw new CertificateException("Illegal host name: " + host, e);
    }
    boolean anyDnsName = false;
    if (names != null) {
      for (List<?> name : names) {
        if ((Integer) name.get(0) == DNS_NAME) {
          anyDnsName = true;
          if (matches((String) name.get(1), ascii)) {
            return true;
          }
        }
      }
    }
    // The common name counts only where there is no name of the right kind.
    return !anyDnsName && matchesCommonName(certificate, ascii);
  }

  private static boolean matchesCommonName(X509Certificate certificate, String host)
      throws CertificateException {
    try {
      List<Rdn> rdns = new LdapName(certificate.getSubjectX500Principal().getName()).getRdns();
      for (int i = rdns.size() - 1; i >= 0; i--) {
        if (rdns.get(i).getType().equalsIgnoreCase("CN")) {
          return matches(String.valueOf(rdns.get(i).getValue()), host);
        }
      }
      return false;
    } catch (InvalidNameException e) {
      throw new CertificateException("the certificate's subject cannot be read", e);
    }
  }

  private static boolean matches(String pattern, String host) {
    String name = host.toLowerCase(Locale.ROOT);
    String wanted = pattern.toLowerCase(Locale.ROOT);
    if (!wanted.startsWith("*.")) {
      return wanted.equals(name);
    }
    int dot = name.indexOf('.');
    String parent = wanted.substring(1);
    // "*.com" would be everybody's.
    return dot > 0 && parent.indexOf('.', 1) > 0 && name.substring(dot).equals(parent);
  }
}
