package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** One key object of every cipher and MAC in 16 threads: each gets what one thread alone gets. */
class SymmetricThreadsTest {
  private static final int THREADS = 16;
  private static final int ROUNDS = 20;
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();

  private static List<Callable<String>> tasks() {
    Random random = new Random(1);
    List<Callable<String>> tasks = new ArrayList<>();
    for (Provider.Service service : PROVIDER.getServices()) {
      String name = service.getAlgorithm();
      byte[] data = RandomRun.bytes(random, 16 * (1 + random.nextInt(100)));
      if (service.getType().equals("Cipher") && "RAW".equals(formats(service))) {
        SecretKey key = new SecretKeySpec(RandomRun.bytes(random, keyLength(name)), keyName(name));
        tasks.add(() -> name + roundTrip(name, key, data));
        if (service.getAttribute("SupportedModes") != null && !name.contains("/")) {
          for (String mode : service.getAttribute("SupportedModes").split("\\|", -1)) {
            String full = name + "/" + mode + "/NoPadding";
            tasks.add(() -> full + roundTrip(full, key, data));
          }
        }
      } else if (service.getType().equals("Mac") && name.matches(".*[CG]MAC")) {
        SecretKey key = new SecretKeySpec(RandomRun.bytes(random, keyLength(name)), "x");
        AlgorithmParameterSpec params =
            name.endsWith("GMAC") ? new IvParameterSpec(new byte[12]) : null;
        tasks.add(
            () -> {
              Mac mac = Mac.getInstance(name, PROVIDER);
              mac.init(key, params);
              return name + HexFormat.of().formatHex(mac.doFinal(data));
            });
      }
    }
    return tasks;
  }

  private static String formats(Provider.Service service) {
    return service.getAttribute("SupportedKeyFormats");
  }

  private static int keyLength(String name) {
    if (name.matches("[A-Z]+_\\d{3}/.*")) {
      return Integer.parseInt(name.substring(4, 7)) / 8;
    }
    if (name.startsWith("XTEA")) {
      return 16;
    }
    return name.startsWith("DESede") ? 24 : name.startsWith("DES") ? 8 : 32;
  }

  private static String keyName(String name) {
    return name.replaceFirst("[_/].*", "").replace("-Poly1305", "");
  }

  private static String roundTrip(String name, SecretKey key, byte[] data) throws Exception {
    if (name.startsWith("DESedeWrap")) {
      return wrapAndUnwrap(name, key);
    }
    AlgorithmParameterSpec params = params(name);
    Cipher cipher = Cipher.getInstance(name, PROVIDER);
    cipher.init(Cipher.ENCRYPT_MODE, key, params);
    byte[] encrypted = cipher.doFinal(data);
    Cipher other = Cipher.getInstance(name, PROVIDER);
    other.init(Cipher.DECRYPT_MODE, key, params);
    assertEquals(
        HexFormat.of().formatHex(data), HexFormat.of().formatHex(other.doFinal(encrypted)), name);
    return HexFormat.of().formatHex(encrypted);
  }

  /** What is wrapped differs each time; what is unwrapped does not. */
  private static String wrapAndUnwrap(String name, SecretKey key) throws Exception {
    SecretKey kek = new SecretKeySpec(key.getEncoded(), "DESede");
    Cipher cipher = Cipher.getInstance(name, PROVIDER);
    cipher.init(Cipher.WRAP_MODE, kek);
    byte[] wrapped = cipher.wrap(key);
    Cipher other = Cipher.getInstance(name, PROVIDER);
    other.init(Cipher.UNWRAP_MODE, kek);
    byte[] unwrapped = other.unwrap(wrapped, "DESede", Cipher.SECRET_KEY).getEncoded();
    assertEquals(
        HexFormat.of().formatHex(key.getEncoded()), HexFormat.of().formatHex(unwrapped), name);
    return HexFormat.of().formatHex(unwrapped);
  }

  private static AlgorithmParameterSpec params(String name) {
    if (name.matches(".*/[GC]CM/.*")) {
      return new GCMParameterSpec(128, new byte[12]);
    }
    if (name.startsWith("ChaCha20")) {
      return name.endsWith("Poly1305")
          ? new IvParameterSpec(new byte[12])
          : new ChaCha20ParameterSpec(new byte[12], 1);
    }
    boolean bare = !name.contains("/") || name.contains("ECB") || name.contains("/KW");
    return bare ? null : new IvParameterSpec(new byte[name.matches("(DES|Blow|XTEA).*") ? 8 : 16]);
  }

  @Test
  void everyCipherAndMac() throws Exception {
    List<Callable<String>> tasks = tasks();
    List<String> alone = new ArrayList<>();
    for (Callable<String> task : tasks) {
      alone.add(task.call());
    }
    CyclicBarrier start = new CyclicBarrier(THREADS);
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Void>> results = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(i);
        Callable<Void> thread =
            () -> {
              start.await();
              for (int round = 0; round < ROUNDS * tasks.size() / THREADS; round++) {
                int task = random.nextInt(tasks.size());
                assertEquals(alone.get(task), tasks.get(task).call());
              }
              return null;
            };
        results.add(executor.submit(thread));
      }
      for (Future<Void> result : results) {
        result.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }
}
