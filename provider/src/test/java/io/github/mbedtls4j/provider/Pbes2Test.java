package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.interfaces.PBEKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PBES2 and the MACs with passwords, compared with SunJCE. */
class Pbes2Test {
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();
  private static final Provider SUN = Security.getProvider("SunJCE");

  static Stream<String> ciphers() {
    return shared("Cipher", "PBEWithHmac");
  }

  static Stream<String> macs() {
    return Stream.concat(shared("Mac", "HmacPBE"), shared("Mac", "PBEWithHmac"));
  }

  private static Stream<String> shared(String type, String prefix) {
    return SUN.getServices().stream()
        .filter(s -> s.getType().equals(type) && s.getAlgorithm().startsWith(prefix))
        .map(Provider.Service::getAlgorithm)
        .filter(name -> PROVIDER.getService(type, name) != null)
        .sorted();
  }

  @Test
  void servesWhatSunJceServes() {
    assertTrue(ciphers().count() >= 10);
    assertTrue(macs().count() >= 12);
  }

  /** Keys of the kinds that applications have, with ASCII passwords, which JDK 17 asks for. */
  private static Key key(Random random) throws Exception {
    char[] password = new char[random.nextInt(40)];
    for (int i = 0; i < password.length; i++) {
      password[i] = (char) (' ' + random.nextInt(95));
    }
    byte[] salt = RandomRun.bytes(random, 1 + random.nextInt(30));
    PBEKeySpec spec = new PBEKeySpec(password, salt, 1 + random.nextInt(30), 128);
    return switch (random.nextInt(9)) {
      case 0 -> null;
      case 1 -> new TestKey("AES", "RAW", "00112233445566778899aabbccddeeff");
      case 2 -> new TestKey("pbe", "RAW", null);
      case 3 -> {
        boolean newer = Runtime.version().feature() >= 25;
        // Two rows in DIFFERENCES: SunJCE 17 minds the key's salt, used or not.
        boolean salted = random.nextBoolean() && (newer || salt.length >= 8);
        int iterations = random.nextInt(4);
        boolean own = !salted && !newer;
        yield new OtherPbeKey(
            new String(password),
            salted ? HexFormat.of().formatHex(salt) : null,
            own ? 0 : iterations);
      }
      case 4 -> SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1", SUN).generateSecret(spec);
      case 5 -> SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1", PROVIDER).generateSecret(spec);
      case 6 ->
          SecretKeyFactory.getInstance("PBEWithHmacSHA1AndAES_128", PROVIDER).generateSecret(spec);
      default -> SecretKeyFactory.getInstance("PBE", SUN).generateSecret(spec);
    };
  }

  private static AlgorithmParameterSpec parameters(Random random, Key key) {
    byte[] salt = RandomRun.bytes(random, random.nextInt(4) == 0 ? 7 : 8 + random.nextInt(30));
    int iterations = random.nextInt(8) == 0 ? random.nextInt(3) - 1 : 1 + random.nextInt(9);
    if (key instanceof PBEKey pbe && pbe.getSalt() != null && random.nextBoolean()) {
      salt = pbe.getSalt();
      iterations = pbe.getIterationCount();
    }
    IvParameterSpec iv = new IvParameterSpec(new byte[random.nextInt(8) == 0 ? 15 : 16]);
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> iv;
      case 2 -> new PBEParameterSpec(salt, iterations);
      default -> new PBEParameterSpec(salt, iterations, iv);
    };
  }

  @ParameterizedTest
  @MethodSource("macs")
  void macsAreSunJces(String algorithm) {
    RandomRun.repeat(
        120,
        random -> {
          Mac ours = Mac.getInstance(algorithm, PROVIDER);
          Mac theirs = Mac.getInstance(algorithm, SUN);
          Key key = key(random);
          AlgorithmParameterSpec spec = parameters(random, key);
          byte[] data = RandomRun.bytes(random, RandomRun.length(random));
          assertEquals(
              Outcome.of(() -> mac(theirs, key, spec, data)).text(),
              Outcome.of(() -> mac(ours, key, spec, data)).text(),
              () -> key + " " + spec);
        });
  }

  private static byte[] mac(Mac mac, Key key, AlgorithmParameterSpec spec, byte[] data)
      throws Exception {
    mac.init(key, spec);
    mac.update(data);
    Mac copy = (Mac) mac.clone();
    assertArrayEquals(mac.doFinal(), copy.doFinal());
    return mac.doFinal(data);
  }

  /** SunJCE drops the top bit of encoded passwords: JDK 17 for all MACs, 25 for PBMAC1. */
  @ParameterizedTest
  @ValueSource(strings = {"HmacPBESHA256", "PBEWithHmacSHA256"})
  void macsOfPasswordsBeyondAscii(String algorithm) throws Exception {
    byte[] salt = new byte[8];
    char[] password = "ä€".toCharArray();
    Mac mac = Mac.getInstance(algorithm, PROVIDER);
    mac.init(
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1", SUN)
            .generateSecret(new PBEKeySpec(password, salt, 5, 128)));
    byte[] expected = mac.doFinal();
    byte[] encoded = "ä€".getBytes(StandardCharsets.UTF_8);
    mac.init(new SecretKeySpec(encoded, "PBE"), new PBEParameterSpec(salt, 5));
    assertArrayEquals(expected, mac.doFinal());
  }

  /** As in JDK 25; SunJCE 17 counts as often as it likes. */
  @Test
  void countOfAKeyWithoutSalt() throws Exception {
    Cipher cipher = Cipher.getInstance("PBEWithHmacSHA256AndAES_128", PROVIDER);
    cipher.init(Cipher.ENCRYPT_MODE, new OtherPbeKey("x", null, 7));
    PBEParameterSpec used = cipher.getParameters().getParameterSpec(PBEParameterSpec.class);
    assertEquals(7, used.getIterationCount());
    assertEquals(20, used.getSalt().length);
    // Its own salt, which is too short, is not used beside parameters.
    PBEParameterSpec given =
        new PBEParameterSpec(new byte[8], 3, new IvParameterSpec(new byte[16]));
    cipher.init(Cipher.DECRYPT_MODE, new OtherPbeKey("x", "00", 7), given);
    assertEquals(
        3, cipher.getParameters().getParameterSpec(PBEParameterSpec.class).getIterationCount());
    // JDK 17 goes on with salt and IV of the key before.
    assertThrows(
        InvalidKeyException.class,
        () -> cipher.init(Cipher.DECRYPT_MODE, new OtherPbeKey("x", null, 7)));
  }

  @ParameterizedTest
  @MethodSource("ciphers")
  void ciphersAreSunJces(String algorithm) {
    RandomRun.repeat(
        120,
        random -> {
          Cipher ours = Cipher.getInstance(algorithm, PROVIDER);
          Cipher theirs = Cipher.getInstance(algorithm, SUN);
          Key key = key(random);
          AlgorithmParameterSpec spec = parameters(random, key);
          int mode = 1 + random.nextInt(2);
          // SunJCE decrypts nothing to nothing, which is a row in DIFFERENCES.
          int least = mode == Cipher.DECRYPT_MODE ? 1 : 0;
          int length = Math.max(least, 16 * random.nextInt(9) + random.nextInt(2));
          byte[] data = RandomRun.bytes(random, length);
          // With salt or IV by chance there is nothing to compare but whether it works.
          boolean chance = spec == null || ((PBEParameterSpec) iv(spec)).getParameterSpec() == null;
          String expected = Outcome.of(() -> encrypt(theirs, mode, key, spec, data, chance)).text();
          assertEquals(
              expected,
              Outcome.of(() -> encrypt(ours, mode, key, spec, data, chance)).text(),
              () -> key + " " + spec);
        });
  }

  private static AlgorithmParameterSpec iv(AlgorithmParameterSpec spec) {
    return spec instanceof PBEParameterSpec ? spec : new PBEParameterSpec(new byte[8], 1);
  }

  private static Object encrypt(
      Cipher cipher, int mode, Key key, AlgorithmParameterSpec spec, byte[] data, boolean chance)
      throws Exception {
    if (spec == null) {
      cipher.init(mode, key);
    } else {
      cipher.init(mode, key, spec);
    }
    byte[] result = cipher.doFinal(data);
    PBEParameterSpec used = cipher.getParameters().getParameterSpec(PBEParameterSpec.class);
    assertArrayEquals(((IvParameterSpec) used.getParameterSpec()).getIV(), cipher.getIV());
    return chance
        ? result.length + " " + used.getSalt().length + " " + used.getIterationCount()
        : HexFormat.of().formatHex(result) + Arrays.toString(cipher.getParameters().getEncoded());
  }

  /** Either provider reads what the other wrote, parameters by their encoding. */
  @ParameterizedTest
  @MethodSource("ciphers")
  void bothDirections(String algorithm) throws Exception {
    byte[] message = {1, 2, 3};
    Provider[] both = {PROVIDER, SUN};
    for (int i = 0; i < 2; i++) {
      PBEKeySpec password = new PBEKeySpec("pass word".toCharArray());
      SecretKey key = SecretKeyFactory.getInstance(algorithm, both[i]).generateSecret(password);
      Cipher writer = Cipher.getInstance(algorithm, both[i]);
      assertEquals(16, writer.getBlockSize());
      writer.init(Cipher.ENCRYPT_MODE, key);
      byte[] sealed = writer.doFinal(message);
      for (Provider reader : both) {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2", reader);
        parameters.init(writer.getParameters().getEncoded());
        assertEquals(algorithm, parameters.toString());
        Cipher cipher = Cipher.getInstance(algorithm, both[1 - i]);
        cipher.init(Cipher.DECRYPT_MODE, key, parameters);
        assertArrayEquals(message, cipher.doFinal(sealed));
        cipher.init(Cipher.WRAP_MODE, key, parameters);
        byte[] wrapped = cipher.wrap(key);
        writer.init(Cipher.UNWRAP_MODE, key, parameters);
        assertEquals(
            new SecretKeySpec(key.getEncoded(), "x"),
            writer.unwrap(wrapped, "x", Cipher.SECRET_KEY));
      }
    }
  }

  @Test
  void parametersBeforeInit() throws Exception {
    Cipher cipher = Cipher.getInstance("PBEWithHmacSHA256AndAES_256", PROVIDER);
    PBEParameterSpec spec = cipher.getParameters().getParameterSpec(PBEParameterSpec.class);
    assertEquals(4096, spec.getIterationCount());
    assertEquals(20, spec.getSalt().length);
    assertEquals(null, cipher.getIV());
  }

  /** As JDKs before 11 wrote them, and with the optional parts left out. */
  @Test
  void encodingsOfOthers() throws Exception {
    String kdf = "301b06092a864886f70d01050c300e04080102030405060708020200ff";
    String aes = "301d0609608648016503040102041000000000000000000000000000000000";
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2", PROVIDER);
    parameters.init(HexFormat.of().parseHex("303c" + kdf + aes));
    assertEquals("PBEWithHmacSHA1AndAES_128", parameters.toString());
    PBEParameterSpec spec = parameters.getParameterSpec(PBEParameterSpec.class);
    assertEquals(255, spec.getIterationCount());
    AlgorithmParameters old = AlgorithmParameters.getInstance("1.2.840.113549.1.5.13", PROVIDER);
    old.init(HexFormat.of().parseHex("304906092a864886f70d01050d303c" + kdf + aes));
    assertArrayEquals(parameters.getEncoded(), old.getEncoded());
    byte[] good = parameters.getEncoded();
    AlgorithmParameters again = AlgorithmParameters.getInstance("PBES2", SUN);
    again.init(good);
    assertArrayEquals(good, again.getEncoded());
    for (int i = 0; i < good.length; i++) {
      byte[] cut = Arrays.copyOf(good, i);
      AlgorithmParameters fresh = AlgorithmParameters.getInstance("PBES2", PROVIDER);
      assertThrows(IOException.class, () -> fresh.init(cut));
    }
    AlgorithmParameters bare = AlgorithmParameters.getInstance("PBES2", PROVIDER);
    bare.init(new PBEParameterSpec(new byte[8], 1));
    assertThrows(IOException.class, bare::getEncoded);
  }

  @Test
  void keysOfPasswords() throws Exception {
    SecretKeyFactory ours = SecretKeyFactory.getInstance("PBEWithHmacSHA512AndAES_256", PROVIDER);
    SecretKeyFactory theirs = SecretKeyFactory.getInstance("PBEWithHmacSHA512AndAES_256", SUN);
    for (String password : List.of("", "a", "with space ~")) {
      PBEKeySpec spec = new PBEKeySpec(password.toCharArray());
      SecretKey mine = ours.generateSecret(spec);
      SecretKey reference = theirs.generateSecret(spec);
      assertEquals(reference, mine);
      assertEquals(mine, reference);
      assertEquals(mine, ours.translateKey(reference));
      assertEquals(reference, theirs.translateKey(mine));
      PBEKeySpec back = (PBEKeySpec) ours.getKeySpec(reference, PBEKeySpec.class);
      assertEquals(password, new String(back.getPassword()));
      if (!password.isEmpty()) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ObjectOutputStream(out).writeObject(mine);
        Object read =
            new ObjectInputStream(new ByteArrayInputStream(out.toByteArray())).readObject();
        assertEquals(mine, read);
      }
      mine.destroy();
      assertThrows(IllegalStateException.class, mine::getEncoded);
    }
    // JDK 17 refuses it, JDK 25 gives the same.
    SecretKey umlaut = ours.generateSecret(new PBEKeySpec("ä".toCharArray()));
    assertEquals("c3a4", HexFormat.of().formatHex(umlaut.getEncoded()));
  }

  /** A key of an application. */
  private record OtherPbeKey(String password, String saltHex, int iterations) implements PBEKey {
    private static final long serialVersionUID = 1L;

    @Override
    public char[] getPassword() {
      return password.toCharArray();
    }

    @Override
    public byte[] getSalt() {
      return saltHex == null ? null : HexFormat.of().parseHex(saltHex);
    }

    @Override
    public int getIterationCount() {
      return iterations;
    }

    @Override
    public String getAlgorithm() {
      return "PBEOfMine";
    }

    @Override
    public String getFormat() {
      return "RAW";
    }

    @Override
    public byte[] getEncoded() {
      return password.getBytes(StandardCharsets.US_ASCII);
    }
  }
}
