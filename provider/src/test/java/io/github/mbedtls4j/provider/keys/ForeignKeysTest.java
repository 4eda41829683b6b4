package io.github.mbedtls4j.provider.keys;

import static io.github.mbedtls4j.provider.keys.TestKeys.OURS;
import static io.github.mbedtls4j.provider.keys.TestKeys.SUN_RSA;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureSpi;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.ECParameterSpec;
import java.util.Base64;
import java.util.List;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;

/** Keys that are not ours: opaque ones are refused at init, where JCA can still turn elsewhere. */
class ForeignKeysTest {
  /** A key in a token: nothing can be read from it. */
  private record TokenKey(String getAlgorithm) implements PrivateKey {
    @Override
    public String getFormat() {
      return null;
    }

    @Override
    public byte[] getEncoded() {
      return null;
    }
  }

  /** As above, by the interface of RSA keys. */
  private record RsaTokenKey(BigInteger getModulus) implements RSAPrivateKey {
    @Override
    public BigInteger getPrivateExponent() {
      throw new UnsupportedOperationException("the token keeps it");
    }

    @Override
    public String getAlgorithm() {
      return "RSA";
    }

    @Override
    public String getFormat() {
      return null;
    }

    @Override
    public byte[] getEncoded() {
      return null;
    }
  }

  /** As above, by the interface of EC keys. */
  private record EcTokenKey(ECParameterSpec getParams) implements ECPrivateKey {
    @Override
    public BigInteger getS() {
      return null;
    }

    @Override
    public String getAlgorithm() {
      return "EC";
    }

    @Override
    public String getFormat() {
      return null;
    }

    @Override
    public byte[] getEncoded() {
      return null;
    }
  }

  /** A key of which only the encoding is known. */
  private record EncodedOnly(PrivateKey key) implements PrivateKey {
    @Override
    public String getAlgorithm() {
      return key.getAlgorithm();
    }

    @Override
    public String getFormat() {
      return key.getFormat();
    }

    @Override
    public byte[] getEncoded() {
      return key.getEncoded();
    }
  }

  private static final class TokenProvider extends Provider {
    private static final long serialVersionUID = 1L;

    TokenProvider() {
      super("TestToken", "1", "signs with the keys of a token");
      for (String algorithm : List.of("SHA256withRSA", "SHA256withECDSA")) {
        putService(
            new Service(this, "Signature", algorithm, "Token", null, null) {
              @Override
              public Object newInstance(Object parameter) {
                return new TokenSignature();
              }
            });
      }
    }
  }

  private static final class TokenSignature extends SignatureSpi {
    @Override
    protected void engineInitSign(PrivateKey key) {}

    @Override
    protected void engineInitVerify(java.security.PublicKey key) {}

    @Override
    protected void engineUpdate(byte octet) {}

    @Override
    protected void engineUpdate(byte[] octets, int offset, int length) {}

    @Override
    protected byte[] engineSign() {
      return new byte[] {42};
    }

    @Override
    protected boolean engineVerify(byte[] signature) {
      return false;
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {}

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException(name);
    }
  }

  private static List<PrivateKey> tokenKeys() {
    return List.of(
        new TokenKey("RSA"),
        new TokenKey("EC"),
        new RsaTokenKey(((RSAPrivateKey) TestKeys.RSA.getPrivate()).getModulus()),
        new EcTokenKey(((ECPrivateKey) TestKeys.EC.getPrivate()).getParams()));
  }

  private static String algorithm(PrivateKey key) {
    return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
  }

  @Test
  void tokenKeysAreRefusedAtInit() throws Exception {
    for (PrivateKey key : tokenKeys()) {
      Signature signature = Signature.getInstance(algorithm(key), OURS);
      assertThrows(InvalidKeyException.class, () -> signature.initSign(key));
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH", OURS);
      assertThrows(InvalidKeyException.class, () -> agreement.init(key));
    }
  }

  @Test
  void tokenKeysFindTheirProviderBehindUs() throws Exception {
    TokenProvider token = new TokenProvider();
    // Before the JDK, which accepts such EC keys and fails to sign.
    Security.insertProviderAt(token, 1);
    try {
      TestKeys.atPosition1(
          () -> {
            for (PrivateKey key : tokenKeys()) {
              Signature signature = Signature.getInstance(algorithm(key));
              signature.initSign(key);
              assertEquals(token, signature.getProvider());
              assertArrayEquals(new byte[] {42}, signature.sign());
            }
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(TestKeys.SUN_RSA_PAIR.getPrivate());
            assertEquals(OURS, signature.getProvider());
            return null;
          });
    } finally {
      Security.removeProvider(token.getName());
    }
  }

  @Test
  void keysOverTheLibrarysLimitsFindTheJdkBehindUs() throws Exception {
    byte[] n = new byte[1025];
    n[0] = 1;
    n[1024] = 1;
    java.security.PublicKey key =
        java.security.KeyFactory.getInstance("RSA", SUN_RSA)
            .generatePublic(
                new java.security.spec.RSAPublicKeySpec(
                    new BigInteger(1, n), BigInteger.valueOf(65537)));
    TestKeys.atPosition1(
        () -> {
          Signature signature = Signature.getInstance("SHA256withRSA");
          signature.initVerify(key);
          assertEquals(SUN_RSA, signature.getProvider());
          java.security.KeyPairGenerator generator =
              java.security.KeyPairGenerator.getInstance("RSA");
          generator.initialize(513);
          return generator.generateKeyPair();
        });
  }

  /** A key of an application, with an encoding that is wrong in some way. */
  private record Broken(String algorithm, String format, String hex)
      implements PrivateKey, java.security.PublicKey {
    private static final long serialVersionUID = 1L;

    @Override
    public String getAlgorithm() {
      return algorithm;
    }

    @Override
    public String getFormat() {
      return format;
    }

    @Override
    public byte[] getEncoded() {
      // What is no number is what an exception is for.
      return hex == null ? null : java.util.HexFormat.of().parseHex(hex);
    }
  }

  @Test
  void brokenKeysAreRefused() throws Exception {
    String[] encodings = {null, "", "x", "010203", "3000"};
    for (String algorithm : new String[] {"RSA", "EC", "XDH", "DH", null, "", "x"}) {
      for (String format : new String[] {"PKCS#8", "X.509", null}) {
        for (String encoding : encodings) {
          Broken key = new Broken(algorithm, format, encoding);
          for (String name : new String[] {"SHA256withRSA", "SHA256withECDSA", "RSASSA-PSS"}) {
            Signature signature = Signature.getInstance(name, OURS);
            assertThrows(
                InvalidKeyException.class, () -> signature.initSign(key), () -> name + key);
            assertThrows(
                InvalidKeyException.class, () -> signature.initVerify(key), () -> name + key);
          }
          for (String name : new String[] {"ECDH", "XDH", "DH"}) {
            KeyAgreement agreement = KeyAgreement.getInstance(name, OURS);
            assertThrows(InvalidKeyException.class, () -> agreement.init(key), () -> name + key);
          }
          javax.crypto.Cipher cipher = javax.crypto.Cipher.getInstance("RSA", OURS);
          assertThrows(InvalidKeyException.class, () -> cipher.init(1, key), () -> "RSA" + key);
        }
      }
    }
  }

  @Test
  void theEncodingIsEnough() throws Exception {
    for (KeyPair pair : List.of(TestKeys.SUN_RSA_PAIR, TestKeys.SUN_EC_PAIR)) {
      PrivateKey key = new EncodedOnly(pair.getPrivate());
      Signature signature = Signature.getInstance(algorithm(key), OURS);
      signature.initSign(key);
      byte[] sig = signature.sign();
      signature.initVerify(pair.getPublic());
      assertTrue(signature.verify(sig));
    }
  }

  @Test
  void repeatedUseOfAForeignKeyGivesOneSignature() throws Exception {
    Signature signature = Signature.getInstance("SHA256withRSA", OURS);
    PrivateKey key = TestKeys.SUN_RSA_PAIR.getPrivate();
    signature.initSign(key);
    String first = Base64.getEncoder().encodeToString(signature.sign());
    for (int i = 0; i < 20; i++) {
      signature.initSign(key);
      assertEquals(first, Base64.getEncoder().encodeToString(signature.sign()));
    }
  }
}
