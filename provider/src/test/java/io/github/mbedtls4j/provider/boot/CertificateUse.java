package io.github.mbedtls4j.provider.boot;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/** Main of child JVMs: parses a certificate. */
final class CertificateUse {
  private CertificateUse() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println(
        "providers: " + Arrays.stream(Security.getProviders()).map(Provider::getName).toList());
    try (InputStream in = Files.newInputStream(Path.of(arguments[0]))) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      System.out.println("subject: " + certificate.getSubjectX500Principal());
      System.out.println("key: " + certificate.getPublicKey().getAlgorithm());
    }
    System.out.println("random: " + new SecureRandom().getProvider().getName());
  }
}
