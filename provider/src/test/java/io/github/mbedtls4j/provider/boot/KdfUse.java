package io.github.mbedtls4j.provider.boot;

import io.github.mbedtls4j.provider.MbedTlsProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.InvalidAlgorithmParameterException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Main of child JVMs of JDK 25: HKDF through {@code javax.crypto.KDF}, by reflection because tests
 * are compiled for JDK 17.
 */
final class KdfUse {
  private static final Provider OURS = new MbedTlsProvider();
  private static final Provider SUN = Security.getProvider("SunJCE");

  private KdfUse() {}

  public static void main(String[] arguments) throws Exception {
    knownAnswers();
    for (String algorithm : List.of("HKDF-SHA256", "HKDF-SHA384", "HKDF-SHA512")) {
      compare(algorithm);
    }
    parameters();
    System.out.println("ended");
  }

  private static void knownAnswers() throws Exception {
    int count = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                KdfUse.class.getResourceAsStream("/hkdf.csv"), StandardCharsets.UTF_8))) {
      lines.readLine();
      for (String line; (line = lines.readLine()) != null; ) {
        String[] fields = line.split(",", -1);
        Object kdf = kdf("HKDF-" + fields[0].replace("-", ""), OURS);
        byte[] okm = HexFormat.of().parseHex(fields[5]);
        byte[] info = HexFormat.of().parseHex(fields[3]);
        Object builder = extract(keys(fields[1]), keys(fields[2]));
        check(HexFormat.of().parseHex(fields[4]), derive(kdf, call(builder, "extractOnly")));
        check(okm, derive(kdf, thenExpand(builder, info, okm.length)));
        check(okm, derive(kdf, expand(key(fields[4]), info, okm.length)));
        count++;
      }
    }
    System.out.println("known answers: " + count);
  }

  private static void compare(String algorithm) throws Exception {
    Random random = new Random(1);
    Object ours = kdf(algorithm, OURS);
    Object theirs = kdf(algorithm, SUN);
    for (int i = 0; i < 200; i++) {
      Object builder = extract(keys(random), keys(random));
      byte[] info = bytes(random, 40);
      AlgorithmParameterSpec spec =
          switch (random.nextInt(3)) {
            case 0 -> (AlgorithmParameterSpec) call(builder, "extractOnly");
            case 1 ->
                (AlgorithmParameterSpec)
                    expand(
                        new SecretKeySpec(new byte[20 + random.nextInt(60)], "x"),
                        random.nextBoolean() ? info : null,
                        1 + random.nextInt(20_000));
            default ->
                (AlgorithmParameterSpec) thenExpand(builder, info, 1 + random.nextInt(20_000));
          };
      String expected = outcome(theirs, spec);
      String actual = outcome(ours, spec);
      if (!expected.equals(actual)) {
        throw new AssertionError(algorithm + " round " + i + ": " + expected + " / " + actual);
      }
    }
    System.out.println("as SunJCE: " + algorithm);
  }

  private static String outcome(Object kdf, AlgorithmParameterSpec spec) throws Exception {
    try {
      byte[] data = derive(kdf, spec);
      SecretKey key =
          (SecretKey)
              kdf.getClass()
                  .getMethod("deriveKey", String.class, AlgorithmParameterSpec.class)
                  .invoke(kdf, "AES", spec);
      return key.getAlgorithm() + Arrays.toString(data) + Arrays.equals(key.getEncoded(), data);
    } catch (InvocationTargetException e) {
      return e.getCause().getClass().getName();
    }
  }

  private static void parameters() throws Exception {
    Class<?> type = Class.forName("javax.crypto.KDFParameters");
    Object some =
        java.lang.reflect.Proxy.newProxyInstance(
            KdfUse.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, a) -> null);
    for (Provider provider : List.of(SUN, OURS)) {
      try {
        Class.forName("javax.crypto.KDF")
            .getMethod("getInstance", String.class, type, Provider.class)
            .invoke(null, "HKDF-SHA256", some, provider);
        throw new AssertionError("parameters were taken by " + provider);
      } catch (InvocationTargetException e) {
        if (!(e.getCause() instanceof InvalidAlgorithmParameterException)) {
          throw e;
        }
      }
    }
  }

  private static List<SecretKey> keys(Random random) {
    SecretKey[] keys = new SecretKey[random.nextInt(4)];
    Arrays.setAll(keys, i -> new SecretKeySpec(bytes(random, 1 + random.nextInt(100)), "x"));
    return List.of(keys);
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static List<SecretKey> keys(String hex) {
    return hex.isEmpty() ? List.of() : List.of(key(hex));
  }

  private static SecretKey key(String hex) {
    return new SecretKeySpec(HexFormat.of().parseHex(hex), "x");
  }

  private static Object kdf(String algorithm, Provider provider) throws Exception {
    return Class.forName("javax.crypto.KDF")
        .getMethod("getInstance", String.class, Provider.class)
        .invoke(null, algorithm, provider);
  }

  private static byte[] derive(Object kdf, Object spec) throws Exception {
    return (byte[])
        kdf.getClass().getMethod("deriveData", AlgorithmParameterSpec.class).invoke(kdf, spec);
  }

  private static Class<?> specClass() throws ClassNotFoundException {
    return Class.forName("javax.crypto.spec.HKDFParameterSpec");
  }

  private static Object extract(List<SecretKey> keys, List<SecretKey> salts) throws Exception {
    Object builder = specClass().getMethod("ofExtract").invoke(null);
    for (SecretKey key : keys) {
      add(builder, "addIKM", key);
    }
    for (SecretKey salt : salts) {
      add(builder, "addSalt", salt);
    }
    return builder;
  }

  private static void add(Object builder, String method, SecretKey key) throws Exception {
    builder.getClass().getMethod(method, SecretKey.class).invoke(builder, key);
  }

  private static Object call(Object target, String method) throws Exception {
    Method found = target.getClass().getMethod(method);
    return found.invoke(target);
  }

  private static Object thenExpand(Object builder, byte[] info, int length) throws Exception {
    return builder
        .getClass()
        .getMethod("thenExpand", byte[].class, int.class)
        .invoke(builder, info, length);
  }

  private static Object expand(SecretKey key, byte[] info, int length) throws Exception {
    return specClass()
        .getMethod("expandOnly", SecretKey.class, byte[].class, int.class)
        .invoke(null, key, info, length);
  }

  private static void check(byte[] expected, byte[] actual) throws IOException {
    if (!Arrays.equals(expected, actual)) {
      throw new AssertionError(
          HexFormat.of().formatHex(expected) + " / " + HexFormat.of().formatHex(actual));
    }
  }
}
