package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.provider.spec.HkdfParameterSpec;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.bouncycastle.crypto.digests.RIPEMD160Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.digests.SHA512tDigest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

class HkdfTest {
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();

  private static byte[] parse(String hex) {
    return hex == null ? null : HexFormat.of().parseHex(hex);
  }

  private static SecretKey generate(String digest, HkdfParameterSpec spec) throws Exception {
    return SecretKeyFactory.getInstance("HKDF-" + digest.replace("-", ""), PROVIDER)
        .generateSecret(spec);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/hkdf.csv", numLinesToSkip = 1)
  void knownAnswers(String digest, String ikm, String salt, String info, String prk, String okm)
      throws Exception {
    Hkdf hkdf = Hkdf.with(digest);
    byte[] expected = parse(okm);
    int length = expected.length;
    assertArrayEquals(parse(prk), hkdf.extract(parse(salt), parse(ikm)));
    assertArrayEquals(expected, hkdf.expand(parse(prk), parse(info), length));
    assertArrayEquals(expected, hkdf.derive(parse(ikm), parse(salt), parse(info), length));
    byte[] input = ikm == null ? new byte[0] : parse(ikm);
    assertEquals(
        new SecretKeySpec(parse(prk), "x"),
        generate(digest, HkdfParameterSpec.extract(input, parse(salt), "x")));
    assertEquals(
        new SecretKeySpec(expected, "AES"),
        generate(digest, HkdfParameterSpec.expand(parse(prk), parse(info), length, "AES")));
    assertEquals(
        new SecretKeySpec(expected, "AES"),
        generate(digest, HkdfParameterSpec.derive(input, parse(salt), parse(info), length, "AES")));
  }

  @Test
  void nothingIsZeros() throws Exception {
    Hkdf hkdf = Hkdf.with("sha256");
    String expected = "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";
    byte[] none = {};
    assertEquals(expected, HexFormat.of().formatHex(hkdf.extract(null, null)));
    assertEquals(expected, HexFormat.of().formatHex(hkdf.extract(none, none)));
    assertEquals(expected, HexFormat.of().formatHex(hkdf.extract(new byte[32], none)));
    byte[] key = {1, 2, 3};
    assertArrayEquals(hkdf.derive(key, null, null, 50), hkdf.derive(key, none, none, 50));
  }

  @ParameterizedTest
  @EnumSource(Hash.class)
  void limits(Hash hash) throws Exception {
    if (!hash.supported()) {
      assertThrows(NoSuchAlgorithmException.class, () -> Hkdf.with(hash.standardName()));
      return;
    }
    Hkdf hkdf = Hkdf.with(hash.standardName());
    int most = hkdf.maximumLength();
    assertEquals(255 * hash.length(), most);
    byte[] key = new byte[hkdf.keyLength()];
    byte[] all = hkdf.expand(key, null, most);
    assertArrayEquals(Arrays.copyOf(all, 5), hkdf.expand(key, null, 5));
    assertThrows(InvalidAlgorithmParameterException.class, () -> hkdf.expand(key, null, most + 1));
    assertThrows(
        InvalidAlgorithmParameterException.class, () -> hkdf.derive(key, null, null, most + 1));
    assertThrows(IllegalArgumentException.class, () -> hkdf.expand(key, null, 0));
    assertThrows(IllegalArgumentException.class, () -> hkdf.derive(key, null, null, -1));
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> hkdf.expand(new byte[key.length - 1], null, 1));
    assertThrows(InvalidAlgorithmParameterException.class, () -> hkdf.expand(null, null, 1));
  }

  @ParameterizedTest
  @EnumSource(
      value = Hash.class,
      names = {"MD2", "MD4"},
      mode = EnumSource.Mode.EXCLUDE)
  void derivesAsBouncyCastle(Hash hash) {
    RandomRun.repeat(
        30,
        random -> {
          byte[] ikm = RandomRun.bytes(random, random.nextInt(300));
          byte[] salt = RandomRun.bytes(random, random.nextInt(300));
          byte[] info = RandomRun.bytes(random, RandomRun.length(random));
          byte[] expected = new byte[1 + random.nextInt(255 * hash.length())];
          HKDFBytesGenerator reference = new HKDFBytesGenerator(digest(hash));
          reference.init(new HKDFParameters(ikm, salt, info));
          reference.generateBytes(expected, 0, expected.length);
          Hkdf hkdf = Hkdf.with(hash.standardName());
          assertArrayEquals(expected, hkdf.derive(ikm, salt, info, expected.length));
        });
  }

  private static Digest digest(Hash hash) {
    return switch (hash) {
      case MD2, MD4 -> throw new IllegalArgumentException();
      case MD5 -> new MD5Digest();
      case SHA1 -> new SHA1Digest();
      case SHA224 -> new SHA224Digest();
      case SHA256 -> new SHA256Digest();
      case SHA384 -> new SHA384Digest();
      case SHA512 -> new SHA512Digest();
      case SHA512_224 -> new SHA512tDigest(224);
      case SHA512_256 -> new SHA512tDigest(256);
      case RIPEMD160 -> new RIPEMD160Digest();
    };
  }

  @Test
  void refuses() throws Exception {
    assertThrows(NoSuchAlgorithmException.class, () -> Hkdf.with("SHA3-256"));
    byte[] key = new byte[new Random(1).nextInt(10) + 1];
    assertThrows(
        IllegalArgumentException.class, () -> HkdfParameterSpec.derive(key, null, null, 0, "x"));
    SecretKeyFactory factory = SecretKeyFactory.getInstance("HKDF-SHA256", PROVIDER);
    assertThrows(InvalidKeySpecException.class, () -> factory.generateSecret(new PBEKeySpec(null)));
    assertThrows(
        InvalidKeySpecException.class,
        () -> factory.generateSecret(HkdfParameterSpec.derive(key, null, null, 255 * 32 + 1, "x")));
    assertThrows(
        InvalidKeySpecException.class,
        () -> factory.generateSecret(HkdfParameterSpec.expand(key, null, 8, "x")));
    SecretKey aes = new SecretKeySpec(new byte[16], "AES");
    assertThrows(InvalidKeyException.class, () -> factory.translateKey(aes));
    assertThrows(
        InvalidKeySpecException.class, () -> factory.getKeySpec(aes, HkdfParameterSpec.class));
  }
}
