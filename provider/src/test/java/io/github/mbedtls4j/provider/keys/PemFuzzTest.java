package io.github.mbedtls4j.provider.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.provider.KeyEncodings;
import io.github.mbedtls4j.provider.PemReader;
import io.github.mbedtls4j.provider.PemWriter;
import java.io.StringWriter;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfoBuilder;
import org.junit.jupiter.api.Test;

/** Whatever is in a file: it is a key or the promised exception. */
class PemFuzzTest {
  private static final int MUTATIONS = 600;
  private static final char[] PASSWORD = "secret".toCharArray();

  private static Map<String, byte[]> files() throws Exception {
    PrivateKey rsa = TestKeys.RSA.getPrivate();
    PrivateKey ec = TestKeys.EC.getPrivate();
    PrivateKey xdh =
        KeyPairGenerator.getInstance("X25519", TestKeys.OURS).generateKeyPair().getPrivate();
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("PKCS #1", PemWriter.pkcs1(rsa));
    files.put("PKCS #1, DER", KeyEncodings.pkcs1(rsa));
    files.put("SEC 1", PemWriter.sec1(ec));
    files.put("SEC 1, DER", KeyEncodings.sec1(ec));
    files.put("PKCS #8", PemWriter.pkcs8(xdh));
    files.put("PKCS #8, DER", KeyEncodings.pkcs8(ec));
    files.put("PBES2", PemWriter.encryptedPkcs8(ec, PASSWORD, 1000));
    files.put("PBES2, DER", KeyEncodings.encryptedPkcs8(xdh, PASSWORD, 1000));
    files.put("DEK-Info AES-256-CBC", dekInfo(rsa, "AES-256-CBC"));
    files.put("DEK-Info DES-EDE3-CBC", dekInfo(rsa, "DES-EDE3-CBC"));
    files.put("PBES1 triple DES", pbes1(ec, PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC));
    files.put("PBES1 RC4", pbes1(ec, PKCSObjectIdentifiers.pbeWithSHAAnd128BitRC4));
    return files;
  }

  private static byte[] dekInfo(PrivateKey key, String algorithm) throws Exception {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(
          key, new JcePEMEncryptorBuilder(algorithm).setProvider(TestKeys.BC).build(PASSWORD));
    }
    assertTrue(text.toString().contains("DEK-Info: " + algorithm));
    return PemText.ascii(text.toString());
  }

  private static byte[] pbes1(PrivateKey key, ASN1ObjectIdentifier algorithm) throws Exception {
    JceOpenSSLPKCS8EncryptorBuilder builder = new JceOpenSSLPKCS8EncryptorBuilder(algorithm);
    builder.setProvider(TestKeys.BC).setPassword(PASSWORD).setIterationCount(100);
    return new PKCS8EncryptedPrivateKeyInfoBuilder(PrivateKeyInfo.getInstance(key.getEncoded()))
        .build(builder.build())
        .getEncoded();
  }

  @Test
  void privateKeys() throws Exception {
    int seed = 1;
    for (Map.Entry<String, byte[]> file : files().entrySet()) {
      PrivateKey original = PemReader.readPrivateKey(file.getValue(), PASSWORD);
      Random random = new Random(seed++);
      int refused = 0;
      for (int i = 0; i < MUTATIONS; i++) {
        try {
          PrivateKey key =
              PemReader.readPrivateKey(KeyFuzzTest.mutate(file.getValue(), random), PASSWORD);
          assertEquals("PKCS#8", key.getFormat());
        } catch (InvalidKeySpecException e) {
          refused++;
        }
      }
      assertTrue(refused > MUTATIONS / 4, file.getKey());
      assertEquals(original, PemReader.readPrivateKey(file.getValue(), PASSWORD), file.getKey());
    }
  }

  @Test
  void publicKeys() throws Exception {
    int refused = 0;
    for (PublicKey original : new PublicKey[] {TestKeys.RSA.getPublic(), TestKeys.EC.getPublic()}) {
      Random random = new Random(100);
      for (byte[] file :
          new byte[][] {
            PemWriter.subjectPublicKeyInfo(original), KeyEncodings.subjectPublicKeyInfo(original)
          }) {
        assertEquals(original, PemReader.readPublicKey(file));
        for (int i = 0; i < MUTATIONS; i++) {
          try {
            PublicKey key = PemReader.readPublicKey(KeyFuzzTest.mutate(file, random));
            assertEquals("X.509", key.getFormat());
          } catch (InvalidKeySpecException e) {
            refused++;
          }
        }
      }
    }
    assertTrue(refused > MUTATIONS);
  }
}
