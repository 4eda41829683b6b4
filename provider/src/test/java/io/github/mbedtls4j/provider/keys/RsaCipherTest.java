package io.github.mbedtls4j.provider.keys;

import static io.github.mbedtls4j.provider.keys.TestKeys.OURS;
import static io.github.mbedtls4j.provider.keys.TestKeys.outcome;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.Key;
import java.security.KeyPair;
import java.security.Provider;
import java.security.Security;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The cipher RSA, compared with SunJCE. */
class RsaCipherTest {
  private static final Provider SUN_JCE = Security.getProvider("SunJCE");
  private static final KeyPair PAIR = TestKeys.rsa(OURS, 2048);
  private static final List<String> PADDINGS =
      List.of(
          "NoPadding",
          "PKCS1Padding",
          "OAEPPadding",
          "OAEPWithMD5AndMGF1Padding",
          "OAEPWithSHA1AndMGF1Padding",
          "OAEPWithSHA-1AndMGF1Padding",
          "OAEPWithSHA-224AndMGF1Padding",
          "OAEPWithSHA-256AndMGF1Padding",
          "OAEPWithSHA-384AndMGF1Padding",
          "OAEPWithSHA-512AndMGF1Padding",
          "OAEPWithSHA-512/224AndMGF1Padding",
          "OAEPWithSHA-512/256AndMGF1Padding");

  @Test
  void eachReadsWhatTheOtherWrote() throws Exception {
    Random random = new Random(1);
    for (String padding : PADDINGS) {
      for (int length : new int[] {0, 1, 16, 62, 117}) {
        byte[] data = new byte[length];
        random.nextBytes(data);
        Object ours = crossed(OURS, SUN_JCE, padding, data, PAIR.getPublic(), PAIR.getPrivate());
        assertEquals(
            crossed(SUN_JCE, OURS, padding, data, PAIR.getPublic(), PAIR.getPrivate()), ours);
        assertEquals(
            crossed(SUN_JCE, OURS, padding, data, PAIR.getPrivate(), PAIR.getPublic()),
            crossed(OURS, SUN_JCE, padding, data, PAIR.getPrivate(), PAIR.getPublic()));
        assertEquals(
            crossed(SUN_JCE, SUN_JCE, padding, data, PAIR.getPublic(), PAIR.getPrivate()), ours);
      }
    }
  }

  private static Object crossed(
      Provider writer, Provider reader, String padding, byte[] data, Key first, Key second) {
    return outcome(
        () -> {
          Cipher encrypt = cipher(writer, padding, Cipher.ENCRYPT_MODE, first, null);
          byte[] encrypted = encrypt.doFinal(data);
          Cipher decrypt = cipher(reader, padding, Cipher.DECRYPT_MODE, second, null);
          return HexFormat.of().formatHex(decrypt.doFinal(encrypted));
        });
  }

  private static Cipher cipher(
      Provider provider, String padding, int mode, Key key, AlgorithmParameterSpec params)
      throws Exception {
    Cipher cipher = Cipher.getInstance("RSA/ECB/" + padding, provider);
    if (params == null) {
      cipher.init(mode, key);
    } else {
      cipher.init(mode, key, params);
    }
    return cipher;
  }

  @Test
  void digestsAndLabelsOfOaepAreFree() throws Exception {
    List<String> digests = List.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512/256");
    for (String digest : digests) {
      for (String mask : digests) {
        OAEPParameterSpec spec = spec(digest, mask, new byte[] {1, 2, 3});
        byte[] data = {4, 5, 6};
        Cipher ours = cipher(OURS, "OAEPPadding", Cipher.ENCRYPT_MODE, PAIR.getPublic(), spec);
        assertArrayEquals(
            data,
            cipher(SUN_JCE, "OAEPPadding", Cipher.DECRYPT_MODE, PAIR.getPrivate(), spec)
                .doFinal(ours.doFinal(data)));
        Cipher sun = cipher(SUN_JCE, "OAEPPadding", Cipher.ENCRYPT_MODE, PAIR.getPublic(), spec);
        byte[] encrypted = sun.doFinal(data);
        assertArrayEquals(
            data,
            cipher(OURS, "OAEPPadding", Cipher.DECRYPT_MODE, PAIR.getPrivate(), spec)
                .doFinal(encrypted));
        Cipher other =
            cipher(
                OURS,
                "OAEPPadding",
                Cipher.DECRYPT_MODE,
                PAIR.getPrivate(),
                spec(digest, mask, new byte[] {1, 2}));
        assertThrows(BadPaddingException.class, () -> other.doFinal(encrypted));
        assertArrayEquals(sun.getParameters().getEncoded(), ours.getParameters().getEncoded());
      }
    }
  }

  private static OAEPParameterSpec spec(String digest, String mask, byte[] label) {
    return new OAEPParameterSpec(
        digest, "MGF1", new MGF1ParameterSpec(mask), new PSource.PSpecified(label));
  }

  /** All that a caller may do wrong, and the states that follow. */
  @Test
  void behavesAsSunJce() {
    List<Key> keys =
        List.of(PAIR.getPublic(), PAIR.getPrivate(), new SecretKeySpec(new byte[5], "RSA"));
    List<AlgorithmParameterSpec> specs = new ArrayList<>();
    specs.add(null);
    specs.add(new IvParameterSpec(new byte[8]));
    specs.add(spec("SHA-256", "SHA-1", new byte[3]));
    specs.add(spec("FOO", "SHA-1", new byte[3]));
    specs.add(
        new OAEPParameterSpec("SHA-1", "MGF2", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT));
    List<String> paddings = new ArrayList<>(PADDINGS);
    paddings.addAll(List.of("PKCS5Padding", "OAEPWithSHA256AndMGF1Padding"));
    for (String padding : paddings) {
      for (Key key : keys) {
        for (AlgorithmParameterSpec spec : specs) {
          for (int mode = Cipher.ENCRYPT_MODE; mode <= Cipher.UNWRAP_MODE; mode++) {
            int m = mode;
            assertEquals(
                outcome(() -> script(SUN_JCE, padding, m, key, spec)),
                outcome(() -> script(OURS, padding, m, key, spec)),
                padding + " " + mode + " " + key.getClass() + " " + spec);
          }
        }
      }
    }
  }

  private static Object script(
      Provider provider, String padding, int mode, Key key, AlgorithmParameterSpec params)
      throws Exception {
    Cipher cipher = cipher(provider, padding, mode, key, params);
    List<Object> seen = new ArrayList<>();
    seen.add(cipher.getBlockSize());
    seen.add(cipher.getOutputSize(7));
    seen.add(cipher.getIV() == null);
    seen.add(cipher.getParameters() == null);
    if (mode == Cipher.WRAP_MODE || mode == Cipher.UNWRAP_MODE) {
      for (int length : new int[] {16, 240, 256, 300}) {
        byte[] data = new byte[length];
        seen.add(outcome(() -> cipher.wrap(new SecretKeySpec(data, "AES")).length));
        seen.add(outcome(() -> cipher.unwrap(data, "AES", Cipher.SECRET_KEY).getAlgorithm()));
      }
      return seen;
    }
    seen.add(outcome(() -> cipher.update(new byte[3]).length));
    seen.add(outcome(() -> cipher.update(new byte[3], 0, 3, new byte[0], 0)));
    seen.add(outcome(() -> cipher.doFinal(new byte[5], 0, 5, new byte[255], 0)));
    seen.add(outcome(() -> cipher.doFinal(new byte[5], 0, 5, new byte[256], 0)));
    seen.add(outcome(() -> cipher.doFinal().length));
    byte[] large = new byte[256];
    Arrays.fill(large, (byte) 0xFF);
    // Each with a cipher of its own: SunJCE's is of no use after too much data.
    for (byte[] data : List.of(large, new byte[1], new byte[257])) {
      seen.add(outcome(() -> cipher(provider, padding, mode, key, params).doFinal(data).length));
    }
    return seen;
  }

  @Test
  void tooMuchDataIsForgotten() throws Exception {
    Cipher cipher = cipher(OURS, "PKCS1Padding", Cipher.ENCRYPT_MODE, PAIR.getPublic(), null);
    assertThrows(IllegalBlockSizeException.class, () -> cipher.doFinal(new byte[246]));
    assertEquals(256, cipher.doFinal(new byte[245]).length);
  }

  /** Ciphertexts made of paddings that are wrong in every way. */
  @Test
  void badPaddingIsRefusedWhereSunJceRefusesIt() throws Exception {
    Random random = new Random(2);
    for (int type = 1; type <= 2; type++) {
      Key own = type == 1 ? PAIR.getPublic() : PAIR.getPrivate();
      Key peer = type == 1 ? PAIR.getPrivate() : PAIR.getPublic();
      for (int round = 0; round < 200; round++) {
        byte[] number = new byte[256];
        random.nextBytes(number);
        Arrays.fill(number, 2, 40, (byte) (type == 1 ? 0xFF : 0x11));
        number[0] = 0;
        number[1] = (byte) type;
        number[40] = 0;
        number[round % 50] ^= (round < 50 ? 0 : round < 100 ? number[round % 50] : 1);
        if (new BigInteger(1, number).compareTo(((RSAPublicKey) PAIR.getPublic()).getModulus())
            >= 0) {
          continue;
        }
        byte[] encrypted =
            cipher(OURS, "NoPadding", Cipher.ENCRYPT_MODE, peer, null).doFinal(number);
        assertEquals(decrypted(SUN_JCE, own, encrypted), decrypted(OURS, own, encrypted));
      }
    }
  }

  private static Object decrypted(Provider provider, Key key, byte[] encrypted) {
    return outcome(
        () ->
            HexFormat.of()
                .formatHex(
                    cipher(provider, "PKCS1Padding", Cipher.DECRYPT_MODE, key, null)
                        .doFinal(encrypted)));
  }

  @Test
  void keysOfEveryKindAreWrapped() throws Exception {
    Cipher wrap = cipher(OURS, "PKCS1Padding", Cipher.WRAP_MODE, PAIR.getPublic(), null);
    byte[] wrapped = wrap.wrap(TestKeys.EC.getPublic());
    for (Provider provider : List.of(OURS, SUN_JCE)) {
      Cipher unwrap = cipher(provider, "PKCS1Padding", Cipher.UNWRAP_MODE, PAIR.getPrivate(), null);
      assertEquals(TestKeys.EC.getPublic(), unwrap.unwrap(wrapped, "EC", Cipher.PUBLIC_KEY));
    }
  }

  @Test
  void parametersAreEncodedAsSunJceDoes() throws Exception {
    for (String digest : List.of("SHA-1", "MD5", "SHA256", "SHA-512/224")) {
      AlgorithmParameters sun = AlgorithmParameters.getInstance("OAEP", SUN_JCE);
      AlgorithmParameters ours = AlgorithmParameters.getInstance("OAEP", OURS);
      sun.init(spec(digest, "SHA-384", new byte[] {7}));
      ours.init(sun.getEncoded());
      assertArrayEquals(sun.getEncoded(), ours.getEncoded());
      ours = AlgorithmParameters.getInstance("OAEP", OURS);
      ours.init(spec(digest, "SHA-384", new byte[] {7}));
      assertArrayEquals(sun.getEncoded(), ours.getEncoded());
    }
    AlgorithmParameters defaults = AlgorithmParameters.getInstance("OAEP", OURS);
    defaults.init(new byte[] {0x30, 0});
    assertEquals("SHA-1", defaults.getParameterSpec(OAEPParameterSpec.class).getDigestAlgorithm());
  }
}
