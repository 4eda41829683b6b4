package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Many threads on one provider: every result is right. */
class ThreadsTest {
  private static final int THREADS = 16;
  private static final int ROUNDS = 100;

  @Test
  void shareOneProvider() throws Exception {
    MbedTlsProvider provider = new MbedTlsProvider();
    CyclicBarrier start = new CyclicBarrier(THREADS);
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Void>> results = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int seed = i;
        Callable<Void> task =
            () -> {
              start.await();
              Random random = new Random(seed);
              for (int round = 0; round < ROUNDS; round++) {
                work(provider, random);
              }
              return null;
            };
        results.add(executor.submit(task));
      }
      for (Future<Void> result : results) {
        result.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static void work(MbedTlsProvider provider, Random random) throws Exception {
    byte[] data = RandomRun.bytes(random, random.nextInt(3000));
    SecretKeySpec key = new SecretKeySpec(RandomRun.bytes(random, 32), "AES");
    assertArrayEquals(
        MessageDigest.getInstance("SHA-256", "SUN").digest(data),
        MessageDigest.getInstance("SHA-256", provider).digest(data));
    Mac ours = Mac.getInstance("HmacSHA384", provider);
    Mac theirs = Mac.getInstance("HmacSHA384", "SunJCE");
    ours.init(key);
    theirs.init(key);
    assertArrayEquals(theirs.doFinal(data), ours.doFinal(data));
    GCMParameterSpec gcm = new GCMParameterSpec(128, RandomRun.bytes(random, 12));
    IvParameterSpec iv = new IvParameterSpec(RandomRun.bytes(random, 16));
    for (String transformation :
        new String[] {"AES/GCM/NoPadding", "AES/CBC/PKCS5Padding", "AES/CTR/NoPadding"}) {
      Cipher cipher = Cipher.getInstance(transformation, provider);
      Cipher reference = Cipher.getInstance(transformation, "SunJCE");
      boolean aead = transformation.contains("GCM");
      cipher.init(Cipher.ENCRYPT_MODE, key, aead ? gcm : iv);
      reference.init(Cipher.ENCRYPT_MODE, key, aead ? gcm : iv);
      assertArrayEquals(reference.doFinal(data), cipher.doFinal(data));
    }
  }
}
