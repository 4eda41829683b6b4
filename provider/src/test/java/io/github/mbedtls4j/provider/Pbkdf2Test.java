package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.interfaces.PBEKey;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Pbkdf2Test {
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();
  private static final Provider SUN = Security.getProvider("SunJCE");

  private static SecretKeyFactory factory(String algorithm) throws Exception {
    assumeTrue(PROVIDER.getService("SecretKeyFactory", algorithm) != null);
    return SecretKeyFactory.getInstance(algorithm, PROVIDER);
  }

  private static PBEKeySpec spec(String password, String salt, int iterations, int bits) {
    return new PBEKeySpec(
        password.toCharArray(), salt.getBytes(StandardCharsets.ISO_8859_1), iterations, bits);
  }

  /** RFC 6070; RFC 7914, section 11; the digests of our own from OpenSSL 3.0. */
  @ParameterizedTest
  @CsvSource({
    "PBKDF2WithHmacSHA1, password, salt, 1, 0c60c80f961f0e71f3a9b524af6012062fe037a6",
    "PBKDF2WithHmacSHA1, password, salt, 4096, 4b007901b765489abead49d926f721d065a429c1",
    "1.2.840.113549.1.5.12, passwordPASSWORDpassword, saltSALTsaltSALTsaltSALTsaltSALTsalt, 4096, 3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038",
    "PBKDF2WithHmacSHA1, 'pass\0word', 'sa\0lt', 4096, 56fa6aa75548099dcc37d7f03425e0c3",
    "PBKDF2WithHmacSHA256, passwd, salt, 1, 55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783",
  })
  void knownAnswers(String algorithm, String password, String salt, int iterations, String key)
      throws Exception {
    SecretKey derived =
        factory(algorithm).generateSecret(spec(password, salt, iterations, key.length() * 4));
    assertEquals(key, HexFormat.of().formatHex(derived.getEncoded()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PBKDF2WithHmacSHA1",
        "PBKDF2WithHmacSHA224",
        "PBKDF2WithHmacSHA256",
        "PBKDF2WithHmacSHA384",
        "PBKDF2WithHmacSHA512"
      })
  void derivesAsSunJce(String algorithm) {
    compare(algorithm, algorithm, SUN);
  }

  @ParameterizedTest
  @CsvSource({
    "PBKDF2WithHmacSHA512/224, PBKDF2WITHHMACSHA512-224",
    "PBKDF2WithHmacSHA512/256, PBKDF2WITHHMACSHA512-256",
  })
  void derivesAsBouncyCastle(String algorithm, String theirs) {
    compare(algorithm, theirs, new BouncyCastleProvider());
  }

  private static void compare(String algorithm, String name, Provider reference) {
    RandomRun.repeat(
        40,
        random -> {
          PBEKeySpec spec =
              new PBEKeySpec(
                  password(random, reference.equals(SUN) ? 0 : 1),
                  RandomRun.bytes(random, 1 + random.nextInt(200)),
                  1 + random.nextInt(20),
                  reference.equals(SUN) ? 8 + random.nextInt(2000) : 8 * (1 + random.nextInt(200)));
          SecretKey ours = factory(algorithm).generateSecret(spec);
          SecretKey theirs = SecretKeyFactory.getInstance(name, reference).generateSecret(spec);
          assertArrayEquals(theirs.getEncoded(), ours.getEncoded());
          if (reference.equals(SUN)) {
            assertEquals(theirs, ours);
            assertEquals(ours, theirs);
            assertEquals(theirs.getAlgorithm(), ours.getAlgorithm());
            assertEquals(ours, factory(algorithm).translateKey(theirs));
          }
        });
  }

  /** Of every length, with characters of one to four bytes in UTF-8. */
  private static char[] password(Random random, int least) {
    StringBuilder text = new StringBuilder();
    for (int length = least + random.nextInt(100); length > 0; length--) {
      int[] ranges = {0x80, 0x800, 0xD800, 0x110000};
      int c = random.nextInt(ranges[random.nextInt(4)]);
      text.appendCodePoint(c >= 0xD800 && c < 0xE000 ? 'x' : c);
    }
    return text.toString().toCharArray();
  }

  @Test
  void keysTellWhatTheyCameFrom() throws Exception {
    SecretKeyFactory factory = factory("PBKDF2WithHmacSHA256");
    PBEKeySpec spec = spec("pässword", "salt", 3, 128);
    PBEKey key = assertInstanceOf(PBEKey.class, factory.generateSecret(spec));
    assertArrayEquals(spec.getPassword(), key.getPassword());
    assertArrayEquals(spec.getSalt(), key.getSalt());
    assertEquals(3, key.getIterationCount());
    assertEquals("PBKDF2WithHmacSHA256", key.getAlgorithm());
    assertEquals("RAW", key.getFormat());
    PBEKeySpec back = (PBEKeySpec) factory.getKeySpec(key, PBEKeySpec.class);
    assertEquals(128, back.getKeyLength());
    assertEquals(key, factory.generateSecret(back));
    assertSame(key, factory.translateKey(key));

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ObjectOutputStream(out).writeObject(key);
    assertEquals(
        new SecretKeySpec(key.getEncoded(), key.getAlgorithm()),
        new ObjectInputStream(new ByteArrayInputStream(out.toByteArray())).readObject());

    key.destroy();
    assertTrue(key.isDestroyed());
    assertThrows(IllegalStateException.class, key::getEncoded);
    assertThrows(IllegalStateException.class, key::getPassword);
    assertEquals("PBKDF2WithHmacSHA256", key.getAlgorithm());
  }

  /** Keys of applications, or of less than a byte: no unchecked exception. */
  @Test
  void keysWithoutAPartAreRefused() throws Exception {
    SecretKeyFactory factory = factory("PBKDF2WithHmacSHA256");
    SecretKey empty =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256", SUN)
            .generateSecret(spec("x", "salt", 1, 7));
    assertEquals(0, empty.getEncoded().length);
    assertEquals(0, factory.generateSecret(spec("x", "salt", 1, 7)).getEncoded().length);
    for (SecretKey key :
        new SecretKey[] {
          empty, new Foreign(null, 1, "00"), new Foreign("00", 0, "00"), new Foreign("00", 1, null)
        }) {
      assertThrows(InvalidKeyException.class, () -> factory.translateKey(key));
      assertThrows(InvalidKeySpecException.class, () -> factory.getKeySpec(key, PBEKeySpec.class));
    }
    assertEquals(8, factory.translateKey(new Foreign("00", 1, "00".repeat(8))).getEncoded().length);
  }

  /** A key of an application. */
  private record Foreign(String salt, int iterations, String hex) implements PBEKey {
    private static final long serialVersionUID = 1L;

    @Override
    public char[] getPassword() {
      return new char[] {'x'};
    }

    @Override
    public byte[] getSalt() {
      return salt == null ? null : HexFormat.of().parseHex(salt);
    }

    @Override
    public int getIterationCount() {
      return iterations;
    }

    @Override
    public String getAlgorithm() {
      return "PBKDF2WithHmacSHA256";
    }

    @Override
    public String getFormat() {
      return "RAW";
    }

    @Override
    public byte[] getEncoded() {
      return hex == null ? null : HexFormat.of().parseHex(hex);
    }
  }

  @Test
  void emptyPassword() throws Exception {
    PBEKeySpec spec = new PBEKeySpec(null, new byte[1], 2, 256);
    SecretKeyFactory theirs = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512", SUN);
    assertEquals(theirs.generateSecret(spec), factory("PBKDF2WithHmacSHA512").generateSecret(spec));
  }

  @Test
  void refusesAsSunJce() throws Exception {
    for (String name : new String[] {"MbedTLS", "SunJCE"}) {
      SecretKeyFactory factory =
          SecretKeyFactory.getInstance(
              "PBKDF2WithHmacSHA256", name.equals("MbedTLS") ? PROVIDER : SUN);
      SecretKey raw = new SecretKeySpec(new byte[16], "PBKDF2WithHmacSHA256");
      assertThrows(
          InvalidKeySpecException.class,
          () -> factory.generateSecret(new PBEKeySpec("x".toCharArray())));
      assertThrows(
          InvalidKeySpecException.class,
          () -> factory.generateSecret(new PBEKeySpec("x".toCharArray(), new byte[8], 1)));
      assertThrows(
          InvalidKeySpecException.class,
          () -> factory.generateSecret(new SecretKeySpec(new byte[8], "x")));
      assertThrows(InvalidKeySpecException.class, () -> factory.generateSecret(null));
      assertThrows(InvalidKeyException.class, () -> factory.translateKey(null));
      assertThrows(InvalidKeyException.class, () -> factory.translateKey(raw));
      assertThrows(
          InvalidKeyException.class,
          () -> factory.translateKey(new SecretKeySpec(new byte[16], "AES")));
      assertThrows(InvalidKeySpecException.class, () -> factory.getKeySpec(raw, PBEKeySpec.class));
      SecretKey key = factory.generateSecret(spec("x", "salt", 1, 8));
      assertThrows(
          InvalidKeySpecException.class, () -> factory.getKeySpec(key, SecretKeySpec.class));
    }
  }
}
