package io.github.mbedtls4j.provider.keys;

import static io.github.mbedtls4j.provider.keys.TestKeys.OURS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Threads that share a key object. */
class SharedKeyTest {
  private static final int THREADS = 16;
  private static final int SIGNATURES = 100;

  @Test
  void rsa() throws Exception {
    share(TestKeys.RSA, "SHA256withRSA");
  }

  @Test
  void foreignRsa() throws Exception {
    share(TestKeys.SUN_RSA_PAIR, "SHA256withRSA");
  }

  @Test
  void ec() throws Exception {
    share(TestKeys.EC, "SHA256withECDSA");
  }

  private static void share(KeyPair pair, String algorithm) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int id = thread;
        tasks.add(() -> signAndVerify(pair, algorithm, id));
      }
      for (Future<Boolean> result : threads.invokeAll(tasks)) {
        assertTrue(result.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean signAndVerify(KeyPair pair, String algorithm, int thread)
      throws Exception {
    boolean good = true;
    for (int i = 0; i < SIGNATURES; i++) {
      byte[] message = {(byte) thread, (byte) i};
      Signature signature = Signature.getInstance(algorithm, OURS);
      signature.initSign(pair.getPrivate());
      signature.update(message);
      byte[] sig = signature.sign();
      signature.initVerify(pair.getPublic());
      signature.update(message);
      good &= signature.verify(sig);
    }
    return good;
  }
}
