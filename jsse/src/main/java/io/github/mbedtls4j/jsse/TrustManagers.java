package io.github.mbedtls4j.jsse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Makes trust managers of files with certificates, such as {@code
 * /etc/ssl/certs/ca-certificates.crt}. The methods are safe for use by several threads.
 */
public final class TrustManagers {
  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----");

  private TrustManagers() {}

  /**
   * Trusts the certificates of a PEM file (RFC 7468), and those that they issued, by the JDK's PKIX
   * rules. Text between the certificates is skipped; equal certificates count once.
   *
   * @param file the file, not null
   * @return trust managers for {@code SSLContext.init}, not null
   * @throws IOException if the file cannot be read
   * @throws CertificateException if one of its certificates is broken, or there is none
   */
  public static TrustManager[] fromPem(Path file) throws IOException, CertificateException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    CertificateFactory parser = CertificateFactory.getInstance("X.509");
    Set<Certificate> certificates = new LinkedHashSet<>();
    for (Matcher matcher = CERTIFICATE.matcher(text); matcher.find(); ) {
      certificates.add(parser.generateCertificate(new ByteArrayInputStream(der(matcher.group(1)))));
    }
    if (certificates.isEmpty()) {
      throw new CertificateException("no certificate in " + file);
    }
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("certificate " + store.size(), certificate);
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return factory.getTrustManagers();
    } catch (CertificateException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new CertificateException("no trust manager can be made", e);
    }
  }

  private static byte[] der(String base64) throws CertificateException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new CertificateException("a certificate is not in base64", e);
    }
  }
}
