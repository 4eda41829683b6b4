package io.github.mbedtls4j.jsse.internal;

import java.security.AlgorithmConstraints;
import java.security.CryptoPrimitive;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether the algorithms of a peer's chain are good: for trust managers that do not see the
 * connection. The JDK's own look by themselves.
 */
final class ChainConstraints {
  private static final DisabledAlgorithms CERTPATH =
      DisabledAlgorithms.ofProperty("jdk.certpath.disabledAlgorithms");

  private static final Set<CryptoPrimitive> SIGNATURE = EnumSet.of(CryptoPrimitive.SIGNATURE);
  private static final Set<CryptoPrimitive> KEY =
      EnumSet.of(
          CryptoPrimitive.SIGNATURE,
          CryptoPrimitive.KEY_AGREEMENT,
          CryptoPrimitive.KEY_ENCAPSULATION,
          CryptoPrimitive.PUBLIC_KEY_ENCRYPTION);

  private ChainConstraints() {}

  /**
   * Checks keys and signatures up to a certificate that is trusted anyway.
   *
   * @param chain the peer's certificate first
   * @param trusted those that are taken as they are
   * @param own the application's constraints; null for none
   * @param signatures the JCA names that certificates may be signed with
   * @throws CertificateException if one is forbidden
   */
  static void check(
      X509Certificate[] chain,
      X509Certificate[] trusted,
      AlgorithmConstraints own,
      String[] signatures)
      throws CertificateException {
    List<AlgorithmConstraints> all =
        Stream.of(CERTPATH, DisabledAlgorithms.TLS, own).filter(c -> c != null).toList();
    List<X509Certificate> anchors = Arrays.asList(trusted);
    for (X509Certificate certificate : chain) {
      if (anchors.contains(certificate)) {
        return;
      }
      String signature = certificate.getSigAlgName();
      boolean good =
          Arrays.stream(signatures).anyMatch(signature::equalsIgnoreCase)
              && all.stream()
                  .allMatch(
                      constraints ->
                          constraints.permits(EnumSet.copyOf(SIGNATURE), signature, null)
                              && constraints.permits(
                                  EnumSet.copyOf(KEY), certificate.getPublicKey()));
      if (!good) {
        throw new CertificateException(
            "Certificates do not conform to algorithm constraints",
            new CertPathValidatorException(
                "a " + certificate.getPublicKey().getAlgorithm() + " key signed with " + signature,
                null,
                null,
                -1,
                BasicReason.ALGORITHM_CONSTRAINED));
      }
    }
  }
}
