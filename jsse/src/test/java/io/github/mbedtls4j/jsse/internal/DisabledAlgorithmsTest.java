package io.github.mbedtls4j.jsse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.testing.ChildJvm;
import java.lang.reflect.Constructor;
import java.math.BigInteger;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.crypto.interfaces.DHKey;
import javax.crypto.spec.DHParameterSpec;
import javax.crypto.spec.DHPublicKeySpec;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Our reading of {@code jdk.tls.disabledAlgorithms} against the JDK's. */
class DisabledAlgorithmsTest {
  private static final Set<CryptoPrimitive> AGREEMENT = Set.of(CryptoPrimitive.KEY_AGREEMENT);

  private static final List<String> VALUES =
      List.of(
          "",
          " ",
          "SSLv3, TLSv1, TLSv1.1, DTLSv1.0, RC4, DES, MD5withRSA, DH keySize < 1024,"
              + " EC keySize < 224, 3DES_EDE_CBC, anon, NULL, ECDH",
          "\"TLSv1.2, RC4\"",
          "tlsv1.2,aes_128_gcm",
          "RSA",
          "DHE",
          "DH",
          "DiffieHellman",
          "ECDHE",
          "ECDHE_RSA",
          "DHE_RSA",
          "ECDSA",
          "EC",
          "AES",
          "AES_256_CBC",
          "CBC",
          "GCM",
          "NoPadding",
          "ChaCha20-Poly1305",
          "CHACHA20_POLY1305",
          "SHA1",
          "SHA-1",
          "SHA",
          "HmacSHA1",
          "SHA256",
          "SHA-384",
          "HmacSHA384",
          "MD5",
          "C_NULL",
          "DESede",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, x25519",
          "secp256r1, rsa_pkcs1_sha256",
          "SHA256withRSA",
          "RSASSA-PSS",
          "RSA keySize < 2048",
          "RSA keySize <= 1024, DH keySize < 2048",
          "RSA keySize == 2048",
          "RSA keySize != 2048",
          "RSA keySize > 1024",
          "RSA keySize >= 2048",
          "EC keySize < 384",
          "include jdk.disabled.namedCurves, RC4");

  private static final List<String> NAMES =
      List.of(
          "TLSv1",
          "TLSv1.2",
          "SSLv3",
          "x25519",
          "secp256r1",
          "secp192r1",
          "EC",
          "XDH",
          "DiffieHellman",
          "rsa_pkcs1_sha256",
          "ecdsa_secp256r1_sha256",
          "SHA256withRSA",
          "SHA1withECDSA",
          "SHA384withECDSA",
          "RSASSA-PSS",
          "RSA",
          "Ed25519");

  /** Compares with the JDK's own classes, which have to be opened for it. */
  public static void main(String[] args) throws Exception {
    Security.setProperty("jdk.disabled.namedCurves", "secp192r1, secp256r1");
    Class<?> decomposer = Class.forName("sun.security.ssl.SSLAlgorithmDecomposer");
    Constructor<?> newDecomposer = decomposer.getDeclaredConstructor();
    newDecomposer.setAccessible(true);
    Constructor<?> newConstraints =
        Class.forName("sun.security.util.DisabledAlgorithmConstraints")
            .getConstructor(String.class, Class.forName("sun.security.util.AlgorithmDecomposer"));
    SSLContext context = SSLContext.getInstance("TLSv1.2", "SunJSSE");
    context.init(null, null, null);
    List<String> names = new ArrayList<>(NAMES);
    names.addAll(List.of(context.getSupportedSSLParameters().getCipherSuites()));
    names.removeIf(name -> name.startsWith("TLS_EMPTY") || name.matches("TLS_(AES|CHACHA).*"));
    List<Key> keys = keys();
    List<AlgorithmParameters> parameters = parameters();
    int refused = 0;
    for (String value : VALUES) {
      String property = "test.property." + VALUES.indexOf(value);
      Security.setProperty(property, value);
      AlgorithmConstraints jdk =
          (AlgorithmConstraints) newConstraints.newInstance(property, newDecomposer.newInstance());
      AlgorithmConstraints ours = DisabledAlgorithms.ofProperty(property);
      for (String name : names) {
        boolean permitted = ours.permits(AGREEMENT, name, null);
        assertEquals(jdk.permits(AGREEMENT, name, null), permitted, value + ": " + name);
        refused += permitted ? 0 : 1;
      }
      for (Key key : keys) {
        boolean permitted = ours.permits(AGREEMENT, key);
        assertEquals(jdk.permits(AGREEMENT, key), permitted, value + ": " + key);
        refused += permitted ? 0 : 1;
      }
      for (AlgorithmParameters one : parameters) {
        boolean permitted = ours.permits(AGREEMENT, one.getAlgorithm(), one);
        assertEquals(
            jdk.permits(AGREEMENT, one.getAlgorithm(), one), permitted, value + ": " + one);
        refused += permitted ? 0 : 1;
      }
    }
    System.out.println("refused: " + refused);
    assertTrue(refused > 300 && names.size() > 30);
    System.out.println("done");
  }

  /** Public keys of several sizes; no need for numbers that make a real key. */
  private static List<Key> keys() throws Exception {
    List<Key> keys = new ArrayList<>();
    for (int bits : new int[] {1024, 2048, 3072}) {
      BigInteger odd = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
      keys.add(
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(odd, BigInteger.valueOf(65537))));
      keys.add(
          KeyFactory.getInstance("DH")
              .generatePublic(new DHPublicKeySpec(BigInteger.valueOf(5), odd, BigInteger.TWO)));
    }
    for (String curve : List.of("secp256r1", "secp384r1")) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      keys.add(generator.generateKeyPair().getPublic());
    }
    return keys;
  }

  private static List<AlgorithmParameters> parameters() throws Exception {
    List<AlgorithmParameters> all = new ArrayList<>();
    for (String curve : List.of("secp256r1", "secp521r1")) {
      AlgorithmParameters ec = AlgorithmParameters.getInstance("EC");
      ec.init(new ECGenParameterSpec(curve));
      all.add(ec);
    }
    for (int bits : new int[] {1024, 2048}) {
      AlgorithmParameters dh = AlgorithmParameters.getInstance("DiffieHellman");
      dh.init(new DHParameterSpec(BigInteger.ONE.shiftLeft(bits - 1).setBit(0), BigInteger.TWO));
      all.add(dh);
    }
    return all;
  }

  @Test
  void verdictsAreTheJdks() throws Exception {
    ChildJvm.of(DisabledAlgorithmsTest.class)
        .with("--add-opens", "java.base/sun.security.util=ALL-UNNAMED")
        .with("--add-opens", "java.base/sun.security.ssl=ALL-UNNAMED")
        .run()
        .expect("done");
  }

  /** What JDK 24 brought, on every JDK. */
  @Test
  void patternsAndHandshakeSignatures() {
    DisabledAlgorithms disabled =
        new DisabledAlgorithms("TLS_RSA_*, rsa_pkcs1_sha1 usage HandshakeSignature, TLS_*_CBC_*");
    assertFalse(disabled.permits(AGREEMENT, "TLS_RSA_WITH_AES_128_GCM_SHA256", null));
    assertFalse(disabled.permits(AGREEMENT, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", null));
    assertTrue(disabled.permits(AGREEMENT, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", null));
    assertTrue(disabled.permits(AGREEMENT, "rsa_pkcs1_sha1", null));
    assertFalse(disabled.permitsHandshake("rsa_pkcs1_sha1"));
    assertTrue(disabled.permitsHandshake("ecdsa_sha1"));
  }

  /** Suites that SunJSSE has not come apart by the same rules. */
  @Test
  void suitesOfMbedTls() {
    record Case(String disabled, String suite) {}
    for (Case one :
        List.of(
            new Case("CAMELLIA", "TLS_ECDHE_RSA_WITH_CAMELLIA_128_CBC_SHA256"),
            new Case("CBC", "TLS_ECDHE_RSA_WITH_CAMELLIA_128_CBC_SHA256"),
            new Case("ARIA_256_GCM", "TLS_ECDHE_ECDSA_WITH_ARIA_256_GCM_SHA384"),
            new Case("CCM", "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8"),
            new Case("AES", "TLS_ECDHE_ECDSA_WITH_AES_256_CCM"),
            new Case("SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_CCM"),
            new Case("PSK", "TLS_DHE_PSK_WITH_AES_128_GCM_SHA256"),
            new Case("DH", "TLS_DHE_PSK_WITH_AES_128_GCM_SHA256"),
            new Case("NULL", "TLS_RSA_PSK_WITH_NULL_SHA256"))) {
      assertFalse(
          new DisabledAlgorithms(one.disabled()).permits(AGREEMENT, one.suite(), null),
          one.toString());
      assertTrue(new DisabledAlgorithms("GOST").permits(AGREEMENT, one.suite(), null));
    }
  }

  /** The JDK does not take this for a rule about keys, which are called DH. */
  @Test
  void sizesByEitherNameOfDiffieHellman() throws Exception {
    DisabledAlgorithms disabled = new DisabledAlgorithms("DiffieHellman keySize < 2048");
    for (Key key : keys()) {
      boolean small = key instanceof DHKey dh && dh.getParams().getP().bitLength() < 2048;
      assertEquals(!small, disabled.permits(AGREEMENT, key));
    }
  }

  @Test
  void wrongArguments() {
    DisabledAlgorithms disabled = new DisabledAlgorithms(null);
    assertThrows(IllegalArgumentException.class, () -> disabled.permits(AGREEMENT, "", null));
    assertThrows(
        IllegalArgumentException.class, () -> disabled.permits(AGREEMENT, (String) null, null));
    assertTrue(disabled.permits(AGREEMENT, "RC4", null));
  }
}
