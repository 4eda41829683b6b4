package io.github.mbedtls4j.jsse;

import io.github.mbedtls4j.jsse.TestPki.Identity;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates that are wrong in one way, or unusual. */
final class TestCertificates {
  private static final AtomicLong SERIAL = new AtomicLong(1_000_000);

  private final String subject;
  private final String keyAlgorithm;
  private String curve = "secp256r1";
  private Identity issuer;
  private boolean ca;
  private long fromDay = -1;
  private long untilDay = 30;
  private GeneralName[] names = {};
  private byte[] ballast;

  private TestCertificates(String subject, String keyAlgorithm) {
    this.subject = subject;
    this.keyAlgorithm = keyAlgorithm;
  }

  /** A certificate with a key of some algorithm. */
  static TestCertificates of(String subject, String keyAlgorithm) {
    return new TestCertificates(subject, keyAlgorithm);
  }

  TestCertificates curve(String name) {
    curve = name;
    return this;
  }

  TestCertificates by(Identity signer) {
    issuer = signer;
    return this;
  }

  TestCertificates ca() {
    ca = true;
    return this;
  }

  TestCertificates days(long from, long until) {
    fromDay = from;
    untilDay = until;
    return this;
  }

  TestCertificates names(GeneralName... all) {
    names = all;
    return this;
  }

  /** Puts bytes into an extension that nobody knows. */
  TestCertificates with(byte[] bytes) {
    ballast = bytes;
    return this;
  }

  Identity make() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(keyAlgorithm);
    if (keyAlgorithm.equals("EC")) {
      generator.initialize(new ECGenParameterSpec(curve));
    }
    KeyPair pair = generator.generateKeyPair();
    Instant now = Instant.now();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer == null
                ? new X500Name(subject)
                : X500Name.getInstance(issuer.leaf().getSubjectX500Principal().getEncoded()),
            BigInteger.valueOf(SERIAL.incrementAndGet()),
            Date.from(now.plus(fromDay, ChronoUnit.DAYS)),
            Date.from(now.plus(untilDay, ChronoUnit.DAYS)),
            new X500Name(subject),
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
    if (names.length > 0) {
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }
    if (ballast != null) {
      builder.addExtension(
          new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), false, new DEROctetString(ballast));
    }
    PrivateKey signing = issuer == null ? pair.getPrivate() : issuer.key;
    String signature =
        switch (signing.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "Ed25519";
        };
    X509Certificate certificate =
        new JcaX509CertificateConverter()
            .getCertificate(builder.build(new JcaContentSignerBuilder(signature).build(signing)));
    return issuer == null
        ? new Identity(pair.getPrivate(), certificate)
        : new Identity(pair.getPrivate(), certificate, issuer.leaf());
  }
}
