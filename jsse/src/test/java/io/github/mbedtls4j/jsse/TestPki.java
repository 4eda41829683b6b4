package io.github.mbedtls4j.jsse;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Keys and certificates for the tests, made once a JVM by the JDK and BouncyCastle. */
public final class TestPki {
  /** The kind of a key pair. */
  public enum Kind {
    RSA,
    EC
  }

  /** A private key with its chain, leaf first. */
  public static final class Identity {
    final PrivateKey key;
    final X509Certificate[] chain;

    Identity(PrivateKey key, X509Certificate... chain) {
      this.key = key;
      this.chain = chain;
    }

    /** The certificate of the key. */
    X509Certificate leaf() {
      return chain[0];
    }
  }

  public static final char[] PASSWORD = "changeit".toCharArray();

  private static final AtomicLong SERIAL = new AtomicLong(1000);
  private static final Map<Kind, Identity> ROOTS = new EnumMap<>(Kind.class);
  private static final Map<Kind, Identity> SERVERS = new EnumMap<>(Kind.class);
  private static final Map<Kind, Identity> CLIENTS = new EnumMap<>(Kind.class);

  static {
    try {
      for (Kind kind : Kind.values()) {
        KeyPair rootKeys = keyPair(kind);
        Identity root =
            new Identity(
                rootKeys.getPrivate(), certificate("CN=Test Root " + kind, rootKeys, null, true));
        ROOTS.put(kind, root);
        SERVERS.put(
            kind,
            issue(
                root,
                "CN=server",
                kind,
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.dNSName, "*.example.test"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                new GeneralName(GeneralName.iPAddress, "::1")));
        CLIENTS.put(kind, issue(root, "CN=client " + kind, kind));
      }
    } catch (Exception e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private TestPki() {}

  /** A certificate authority that {@link #trust} trusts. */
  static Identity root(Kind kind) {
    return ROOTS.get(kind);
  }

  /** A server's identity for localhost, 127.0.0.1, ::1 and *.example.test. */
  public static Identity server(Kind kind) {
    return SERVERS.get(kind);
  }

  /** A client's identity. */
  public static Identity client(Kind kind) {
    return CLIENTS.get(kind);
  }

  /** A new identity issued by another. */
  static Identity issue(Identity issuer, String subject, Kind kind, GeneralName... names)
      throws Exception {
    KeyPair pair = keyPair(kind);
    X509Certificate leaf = certificate(subject, pair, issuer, false, names);
    return new Identity(pair.getPrivate(), leaf, issuer.chain[0]);
  }

  /** Trust managers of the JDK that trust both roots. */
  public static TrustManager[] trust() throws Exception {
    return trust(root(Kind.RSA).leaf(), root(Kind.EC).leaf());
  }

  /** Trust managers of the JDK that trust some certificates. */
  static TrustManager[] trust(X509Certificate... anchors) throws Exception {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(trustStore(anchors));
    return factory.getTrustManagers();
  }

  /** A key store with both roots. */
  public static KeyStore trustStore() throws Exception {
    return trustStore(root(Kind.RSA).leaf(), root(Kind.EC).leaf());
  }

  private static KeyStore trustStore(X509Certificate... anchors) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < anchors.length; i++) {
      store.setCertificateEntry("anchor" + i, anchors[i]);
    }
    return store;
  }

  /** Key managers of the JDK with some identities. */
  public static KeyManager[] keys(Identity... identities) throws Exception {
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(keyStore(identities), PASSWORD);
    return factory.getKeyManagers();
  }

  /** A key store with some identities. */
  public static KeyStore keyStore(Identity... identities) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < identities.length; i++) {
      store.setKeyEntry("key" + i, identities[i].key, PASSWORD, identities[i].chain);
    }
    return store;
  }

  private static KeyPair keyPair(Kind kind) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.name());
    if (kind == Kind.EC) {
      generator.initialize(new ECGenParameterSpec("secp256r1"));
    } else {
      generator.initialize(2048);
    }
    return generator.generateKeyPair();
  }

  private static X509Certificate certificate(
      String subject, KeyPair pair, Identity issuer, boolean ca, GeneralName... names)
      throws Exception {
    Instant now = Instant.now();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer == null
                ? new X500Name(subject)
                : X500Name.getInstance(issuer.leaf().getSubjectX500Principal().getEncoded()),
            BigInteger.valueOf(SERIAL.incrementAndGet()),
            Date.from(now.minus(1, ChronoUnit.DAYS)),
            Date.from(now.plus(30, ChronoUnit.DAYS)),
            new X500Name(subject),
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
    if (names.length > 0) {
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }
    PrivateKey signing = issuer == null ? pair.getPrivate() : issuer.key;
    ContentSigner signer =
        new JcaContentSignerBuilder(
                signing.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA")
            .build(signing);
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }
}
