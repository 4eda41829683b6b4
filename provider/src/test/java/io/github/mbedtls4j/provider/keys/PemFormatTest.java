package io.github.mbedtls4j.provider.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.provider.KeyEncodings;
import io.github.mbedtls4j.provider.PemReader;
import io.github.mbedtls4j.provider.PemWriter;
import io.github.mbedtls4j.provider.internal.key.Der;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfoBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are unusual, damaged or hostile, and BouncyCastle's. */
class PemFormatTest {
  private static final KeyPair PAIR = TestKeys.EC;
  private static final char[] PASSWORD = "secret".toCharArray();

  private static char[] notAsked() {
    throw new AssertionError("asked in vain");
  }

  private static String pem() throws Exception {
    return new String(PemWriter.pkcs8(PAIR.getPrivate()), StandardCharsets.US_ASCII);
  }

  private static void reads(String file) throws Exception {
    assertEquals(PAIR.getPrivate(), PemReader.readPrivateKey(PemText.ascii(file)), file);
  }

  private static String refusal(byte[] file) {
    return assertThrows(
            InvalidKeySpecException.class,
            () -> PemReader.readPrivateKey(file, PemFormatTest::notAsked))
        .getMessage();
  }

  private static String refusal(String file) {
    return refusal(PemText.ascii(file));
  }

  @Test
  void whatIsAroundTheKey() throws Exception {
    reads(pem().replace("\n", "\r\n"));
    reads(pem().stripTrailing());
    reads(pem() + "\0");
    reads("subject: somebody\n" + pem() + "more\n");
    reads(pem().replace("\n", " \t\n"));
    reads(PemText.block("CERTIFICATE", new byte[100]) + pem());
    String spki = PemText.block("PUBLIC KEY", PAIR.getPublic().getEncoded());
    reads(spki + pem());
    assertEquals(PAIR.getPublic(), PemReader.readPublicKey(PemText.ascii(pem() + spki)));
    // The first one counts.
    reads(pem() + PemText.block("PRIVATE KEY", new byte[10]));
  }

  @Test
  void damage() throws Exception {
    assertEquals("The PEM file has no private key", refusal(pem().replace("PRIVATE", "PUBLIC")));
    assertEquals(
        "PEM block that begins and ends with different labels",
        refusal(pem().replace("END PRIVATE", "END PUBLIC")));
    assertEquals("PEM block without an end", refusal(pem().substring(0, 100)));
    assertEquals("PEM block that is not in base64", refusal(pem().replace("M", "*")));
    assertEquals(
        "\"OPENSSH PRIVATE KEY\" is a format that is not known here",
        refusal(pem().replace("PRIVATE", "OPENSSH PRIVATE")));
    assertEquals(
        "The PEM block is no EC PRIVATE KEY", refusal(pem().replace("PRIVATE", "EC PRIVATE")));
    assertEquals(
        "The PEM block is no RSA PRIVATE KEY", refusal(pem().replace("PRIVATE", "RSA PRIVATE")));
    assertEquals("DER ends where tag 0x30 should be", refusal(new byte[0]));
    refusal(Arrays.copyOf(KeyEncodings.pkcs8(PAIR.getPrivate()), 100));
    refusal(PAIR.getPublic().getEncoded());
    assertThrows(
        InvalidKeySpecException.class,
        () -> PemReader.readPublicKey(PAIR.getPrivate().getEncoded()));
    assertThrows(
        InvalidKeySpecException.class, () -> PemReader.readPublicKey(PemText.ascii(pem())));
  }

  @Test
  void noSecretInTheException() throws Exception {
    String secret = pem().lines().skip(1).findFirst().orElseThrow();
    for (String file :
        new String[] {
          pem().replace("KEY-----", "KEY----"), pem().replace("=", "!"), pem().replace("-", "_")
        }) {
      Throwable cause =
          assertThrows(
              InvalidKeySpecException.class, () -> PemReader.readPrivateKey(PemText.ascii(file)));
      for (; cause != null; cause = cause.getCause()) {
        assertFalse(cause.toString().contains(secret.substring(0, 16)), cause::toString);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DEK-Info: AES-256-CBC",
        "DEK-Info: AES-256-CBC,00",
        "DEK-Info: AES-256-CBC,xx000000000000000000000000000000",
        "DEK-Info: AES-256-GCM,00000000000000000000000000000000",
        "DEK-Info: RC2-40-CBC,0000000000000000",
        "X: y"
      })
  void headersThatAreNone(String header) throws Exception {
    String headers = "Proc-Type: 4,ENCRYPTED\n" + header + "\n\n";
    byte[] sec1 = KeyEncodings.sec1(PAIR.getPrivate());
    refusal(PemText.block("EC PRIVATE KEY", headers, sec1));
  }

  @Test
  void encryptedTwice() throws Exception {
    String headers =
        "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n";
    String file = PemText.block("ENCRYPTED PRIVATE KEY", headers, new byte[32]);
    assertThrows(
        InvalidKeySpecException.class,
        () -> PemReader.readPrivateKey(PemText.ascii(file), PASSWORD));
  }

  @Test
  void iterationsAreLimited() throws Exception {
    for (String count : new String[] {"5000001", "2147483647", "4294967295", "0", "-1"}) {
      byte[] derivation =
          Der.sequence(Der.octetString(new byte[8]), Der.integer(new BigInteger(count)));
      byte[] pbes2 =
          Der.sequence(
              Der.sequence(Der.oid("1.2.840.113549.1.5.12"), derivation),
              Der.sequence(Der.oid("2.16.840.1.101.3.4.1.2"), Der.octetString(new byte[16])));
      byte[] pbes1 = Der.sequence(Der.octetString(new byte[8]), Der.integer(new BigInteger(count)));
      for (byte[] algorithm :
          new byte[][] {
            Der.sequence(Der.oid("1.2.840.113549.1.5.13"), pbes2),
            Der.sequence(Der.oid("1.2.840.113549.1.12.1.3"), pbes1)
          }) {
        String message = refusal(Der.sequence(algorithm, Der.octetString(new byte[32])));
        assertTrue(message.startsWith("iteration count "), message);
      }
    }
  }

  @Test
  void lengthIsLimited() {
    byte[] file = new byte[PemReader.MAX_LENGTH + 1];
    String message = refusal(file);
    assertEquals("A key file has at most 1048576 bytes", message);
    assertThrows(
        InvalidKeySpecException.class,
        () -> PemReader.readPublicKey(new ByteArrayInputStream(new byte[2 * file.length])));
    Arrays.fill(file, (byte) '-');
    refusal(Arrays.copyOf(file, PemReader.MAX_LENGTH));
  }

  @Test
  void bouncyCastleEncrypts() throws Exception {
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(KeyEncodings.pkcs8(PAIR.getPrivate()));
    for (ASN1ObjectIdentifier algorithm :
        new ASN1ObjectIdentifier[] {
          NISTObjectIdentifiers.id_aes128_CBC,
          NISTObjectIdentifiers.id_aes192_CBC,
          NISTObjectIdentifiers.id_aes256_CBC,
          PKCSObjectIdentifiers.des_EDE3_CBC,
          PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC,
          PKCSObjectIdentifiers.pbeWithSHAAnd2_KeyTripleDES_CBC,
          PKCSObjectIdentifiers.pbeWithSHAAnd128BitRC4,
          PKCSObjectIdentifiers.pbeWithSHAAnd40BitRC4
        }) {
      JceOpenSSLPKCS8EncryptorBuilder builder = new JceOpenSSLPKCS8EncryptorBuilder(algorithm);
      builder.setProvider(TestKeys.BC).setPassword(PASSWORD).setIterationCount(100);
      byte[] file =
          new PKCS8EncryptedPrivateKeyInfoBuilder(info).build(builder.build()).getEncoded();
      assertEquals(PAIR.getPrivate(), PemReader.readPrivateKey(file, PASSWORD));
    }
  }

  @Test
  void bouncyCastleDecrypts() throws Exception {
    byte[] file = KeyEncodings.encryptedPkcs8(PAIR.getPrivate(), PASSWORD, 1000);
    PrivateKeyInfo info =
        new PKCS8EncryptedPrivateKeyInfo(file)
            .decryptPrivateKeyInfo(
                new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(TestKeys.BC)
                    .build(PASSWORD));
    assertArrayEquals(KeyEncodings.pkcs8(PAIR.getPrivate()), info.getEncoded());
    PrivateKey theirs = new JcaPEMKeyConverter().setProvider(TestKeys.BC).getPrivateKey(info);
    assertArrayEquals(KeyEncodings.sec1(PAIR.getPrivate()), KeyEncodings.sec1(theirs));
  }
}
