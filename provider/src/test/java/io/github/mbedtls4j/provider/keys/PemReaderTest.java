package io.github.mbedtls4j.provider.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.handle.Curve;
import io.github.mbedtls4j.provider.PemReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that OpenSSL made. */
class PemReaderTest {
  private static final String SECRET = "päss wörd €";
  private static final char[] PASSWORD = SECRET.toCharArray();

  private static byte[] rsa;
  private static byte[] ec;
  @TempDir private static Path folder;

  @BeforeAll
  static void keys() throws Exception {
    OpenSsl.require();
    rsa = OpenSsl.run("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024");
    ec = OpenSsl.run("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256");
    Files.writeString(folder.resolve("password"), SECRET + "\n", StandardCharsets.UTF_8);
  }

  private static String passout() {
    return " -passout file:" + folder.resolve("password");
  }

  /** What the JDK reads, from OpenSSL's PKCS #8 without encryption. */
  private static PrivateKey expected(String algorithm, byte[] pem) throws Exception {
    byte[] der = OpenSsl.run(pem, "pkcs8 -topk8 -nocrypt -outform DER");
    PrivateKey key =
        KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    // The JDK's EC keys keep an encoding with the public key, and equality asks for it.
    return algorithm.equals("EC")
        ? (PrivateKey) KeyFactory.getInstance("EC", TestKeys.OURS).translateKey(key)
        : key;
  }

  private static void wrongPasswords(byte[] file) {
    for (int i = 0; i < 8; i++) {
      char[] wrong = ("wrong" + i).toCharArray();
      InvalidKeySpecException e =
          assertThrows(InvalidKeySpecException.class, () -> PemReader.readPrivateKey(file, wrong));
      assertEquals("Wrong password, or the key is damaged", e.getMessage());
    }
    for (char[] none : new char[][] {null, {}}) {
      assertThrows(InvalidKeySpecException.class, () -> PemReader.readPrivateKey(file, none));
    }
    InvalidKeySpecException e =
        assertThrows(InvalidKeySpecException.class, () -> PemReader.readPrivateKey(file));
    assertEquals("The key is encrypted: a password is needed", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa -traditional", "pkcs8 -topk8 -nocrypt", "pkey"})
  void plainRsa(String command) throws Exception {
    PrivateKey expected = expected("RSA", rsa);
    for (String form : List.of("PEM", "DER")) {
      byte[] file = OpenSsl.run(rsa, command + " -outform " + form);
      assertEquals(expected, PemReader.readPrivateKey(file));
      assertEquals(expected, PemReader.readPrivateKey(file, PASSWORD));
      assertEquals(expected, PemReader.readPrivateKey(new ByteArrayInputStream(file), PASSWORD));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"aes128", "aes192", "aes256", "des3", "des"})
  void dekInfo(String cipher) throws Exception {
    String legacy = cipher.equals("des") ? " -provider legacy -provider default" : "";
    byte[] file = OpenSsl.run(rsa, "rsa -traditional -" + cipher + passout() + legacy);
    assertTrue(new String(file, StandardCharsets.US_ASCII).contains("DEK-Info: "));
    assertEquals(expected("RSA", rsa), PemReader.readPrivateKey(file, PASSWORD));
    wrongPasswords(file);
    byte[] ecFile = OpenSsl.run(ec, "ec -" + cipher + passout() + legacy);
    assertEquals(expected("EC", ec), PemReader.readPrivateKey(ecFile, PASSWORD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-v2 aes-128-cbc",
        "-v2 aes-192-cbc -v2prf hmacWithSHA1",
        "-v2 aes-256-cbc",
        "-v2 aes-256-cbc -v2prf hmacWithSHA224",
        "-v2 aes-256-cbc -v2prf hmacWithSHA384",
        "-v2 aes-256-cbc -v2prf hmacWithSHA512 -iter 5000",
        "-v2 aes-256-cbc -v2prf hmacWithSHA512-224",
        "-v2 aes-256-cbc -v2prf hmacWithSHA512-256",
        "-v2 des3 -v2prf hmacWithSHA1",
        "-v2 des3",
        "-v2 des -provider legacy -provider default",
        "-v1 PBE-SHA1-3DES",
        "-v1 PBE-SHA1-2DES",
        "-v1 PBE-SHA1-RC4-128 -provider legacy -provider default",
        "-v1 PBE-SHA1-RC4-40 -provider legacy -provider default",
        "-v1 PBE-MD5-DES -provider legacy -provider default",
        "-v1 PBE-SHA1-DES -provider legacy -provider default"
      })
  void encryptedPkcs8(String options) throws Exception {
    PrivateKey expected = expected("EC", ec);
    for (String form : List.of("PEM", "DER")) {
      byte[] file = OpenSsl.run(ec, "pkcs8 -topk8 " + options + passout() + " -outform " + form);
      assertEquals(expected, PemReader.readPrivateKey(file, PASSWORD));
      wrongPasswords(file);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-v1 PBE-SHA1-RC2-40",
        "-v1 PBE-SHA1-RC2-128",
        "-v1 PBE-MD5-RC2-64",
        "-v2 rc2-cbc"
      })
  void rc2(String options) throws Exception {
    byte[] file =
        OpenSsl.run(
            ec, "pkcs8 -topk8 " + options + passout() + " -provider legacy -provider default");
    InvalidKeySpecException e =
        assertThrows(
            InvalidKeySpecException.class,
            () ->
                PemReader.readPrivateKey(
                    file,
                    () -> {
                      throw new AssertionError("asked in vain");
                    }));
    assertTrue(e.getMessage().contains("RC2"), e.getMessage());
  }

  @ParameterizedTest
  @EnumSource(Curve.class)
  void curves(Curve curve) throws Exception {
    if (!curve.supported()) {
      return;
    }
    String name =
        switch (curve) {
          case SECP192R1 -> "prime192v1";
          case SECP256R1 -> "prime256v1";
          default -> curve.standardName();
        };
    byte[] sec1 = OpenSsl.run("ecparam -genkey -name " + name);
    assertTrue(new String(sec1, StandardCharsets.US_ASCII).startsWith("-----BEGIN EC PARAM"));
    byte[] der = OpenSsl.run(sec1, "pkcs8 -topk8 -nocrypt -outform DER");
    PrivateKey expected =
        KeyFactory.getInstance("EC", TestKeys.OURS).generatePrivate(new PKCS8EncodedKeySpec(der));
    assertEquals(expected, PemReader.readPrivateKey(sec1));
    assertEquals(expected, PemReader.readPrivateKey(der));
    assertEquals(expected, PemReader.readPrivateKey(OpenSsl.run(sec1, "ec -outform DER")));
    byte[] spki = OpenSsl.run(sec1, "ec -pubout -outform DER");
    PublicKey publicKey =
        KeyFactory.getInstance("EC", TestKeys.OURS).generatePublic(new X509EncodedKeySpec(spki));
    assertEquals(publicKey, PemReader.readPublicKey(spki));
    assertEquals(publicKey, PemReader.readPublicKey(OpenSsl.run(sec1, "ec -pubout")));
  }

  /** The curve stands in the block before the key alone. */
  @Test
  void curveOutsideTheKey() throws Exception {
    PrivateKey expected = expected("EC", ec);
    byte[] bare = new byte[2 + 3 + 2 + 32];
    bare[0] = 0x30;
    bare[1] = (byte) (bare.length - 2);
    bare[2] = 2;
    bare[3] = 1;
    bare[4] = 1;
    bare[5] = 4;
    bare[6] = 32;
    byte[] pkcs8 = expected.getEncoded();
    System.arraycopy(pkcs8, pkcs8.length - 32, bare, 7, 32);
    String key = PemText.block("EC PRIVATE KEY", bare);
    assertThrows(InvalidKeySpecException.class, () -> PemReader.readPrivateKey(PemText.ascii(key)));
    byte[] parameters = OpenSsl.run("ecparam -name prime256v1");
    String both = new String(parameters, StandardCharsets.US_ASCII) + key;
    assertEquals(expected, PemReader.readPrivateKey(PemText.ascii(both)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X25519", "X448"})
  void montgomery(String algorithm) throws Exception {
    byte[] pem = OpenSsl.run("genpkey -algorithm " + algorithm);
    assertEquals(expected(algorithm, pem), PemReader.readPrivateKey(pem));
    byte[] encrypted = OpenSsl.run(pem, "pkcs8 -topk8" + passout());
    assertEquals(expected(algorithm, pem), PemReader.readPrivateKey(encrypted, PASSWORD));
    byte[] spki = OpenSsl.run(pem, "pkey -pubout -outform DER");
    assertArrayEquals(spki, PemReader.readPublicKey(spki).getEncoded());
  }

  @Test
  void publicRsa() throws Exception {
    byte[] spki = OpenSsl.run(rsa, "rsa -pubout -outform DER");
    PublicKey expected = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(spki));
    for (String options : List.of("-pubout", "-RSAPublicKey_out")) {
      for (String form : List.of("PEM", "DER")) {
        byte[] file = OpenSsl.run(rsa, "rsa " + options + " -outform " + form);
        assertEquals(expected, PemReader.readPublicKey(file));
        assertEquals(expected, PemReader.readPublicKey(new ByteArrayInputStream(file)));
      }
    }
  }

  @Test
  void restrictedToPss() throws Exception {
    byte[] pem = OpenSsl.run("genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:1024");
    assertEquals("RSASSA-PSS", PemReader.readPrivateKey(pem).getAlgorithm());
    assertEquals(expected("RSASSA-PSS", pem), PemReader.readPrivateKey(pem));
  }

  @Test
  void diffieHellman() throws Exception {
    byte[] group = OpenSsl.run("genpkey -genparam -algorithm DH -pkeyopt group:ffdhe2048");
    Path parameters = Files.write(folder.resolve("group"), group);
    byte[] pem = OpenSsl.run("genpkey -paramfile " + parameters);
    assertEquals(expected("DH", pem), PemReader.readPrivateKey(pem));
    byte[] spki = OpenSsl.run(pem, "pkey -pubout -outform DER");
    assertEquals("DH", PemReader.readPublicKey(spki).getAlgorithm());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ed25519", "Ed448"})
  void missingAlgorithms(String algorithm) throws Exception {
    byte[] pem = OpenSsl.run("genpkey -algorithm " + algorithm);
    byte[] spki = OpenSsl.run(pem, "pkey -pubout");
    for (InvalidKeySpecException e :
        List.of(
            assertThrows(InvalidKeySpecException.class, () -> PemReader.readPrivateKey(pem)),
            assertThrows(InvalidKeySpecException.class, () -> PemReader.readPublicKey(spki)))) {
      assertEquals("Mbed TLS has no keys of the algorithm " + algorithm, e.getMessage());
    }
  }

  @Test
  void theSourceIsAskedOnceAndWiped() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    char[] given = PASSWORD.clone();
    for (String command :
        List.of("rsa -traditional -aes256" + passout(), "pkcs8 -topk8" + passout())) {
      byte[] file = OpenSsl.run(rsa, command);
      byte[] copy = file.clone();
      System.arraycopy(PASSWORD, 0, given, 0, given.length);
      asked.set(0);
      PemReader.readPrivateKey(
          new ByteArrayInputStream(file),
          () -> {
            asked.incrementAndGet();
            return given;
          });
      assertEquals(1, asked.get());
      assertArrayEquals(new char[given.length], given);
      given[0] = 'x';
      assertThrows(
          InvalidKeySpecException.class, () -> PemReader.readPrivateKey(file, () -> given));
      assertArrayEquals(new char[given.length], given);
      char[] kept = PASSWORD.clone();
      PemReader.readPrivateKey(file, kept);
      assertArrayEquals(PASSWORD, kept);
      assertArrayEquals(copy, file);
      assertThrows(
          UnsupportedOperationException.class,
          () ->
              PemReader.readPrivateKey(
                  file,
                  () -> {
                    throw new UnsupportedOperationException();
                  }));
    }
    asked.set(0);
    PemReader.readPrivateKey(
        rsa,
        () -> {
          asked.incrementAndGet();
          return null;
        });
    assertEquals(0, asked.get());
  }
}
