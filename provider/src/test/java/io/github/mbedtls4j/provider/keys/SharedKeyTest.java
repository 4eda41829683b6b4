package io.github.mbedtls4j.provider.keys;

import static io.github.mbedtls4j.provider.keys.TestKeys.OURS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that share a key object. */
class SharedKeyTest {
  private static final int THREADS = 16;
  private static final int SIGNATURES = 100;

  /** As often as the slower algorithms are tried. */
  private static final int FEW = 10;

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

  @Test
  void pss() throws Exception {
    run(
        id -> {
          Signature signature = Signature.getInstance("RSASSA-PSS", OURS);
          signature.setParameter(PSSParameterSpec.DEFAULT);
          signature.initSign(TestKeys.RSA.getPrivate());
          signature.update((byte) id);
          byte[] signed = signature.sign();
          signature.initVerify(TestKeys.RSA.getPublic());
          signature.update((byte) id);
          return signature.verify(signed);
        });
  }

  @Test
  void rsaEncryption() throws Exception {
    run(
        id -> {
          Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding", OURS);
          cipher.init(Cipher.ENCRYPT_MODE, TestKeys.RSA.getPublic());
          byte[] encrypted = cipher.doFinal(new byte[] {(byte) id});
          cipher.init(Cipher.DECRYPT_MODE, TestKeys.RSA.getPrivate());
          return cipher.doFinal(encrypted)[0] == id;
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"X25519", "X448", "DH", "EC"})
  void agreements(String algorithm) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, OURS);
    KeyPair a = generator.generateKeyPair();
    KeyPair b = generator.generateKeyPair();
    String name = algorithm.equals("EC") ? "ECDH" : algorithm;
    byte[] secret = agree(name, b, a);
    run(id -> Arrays.equals(secret, agree(name, a, b)));
  }

  private static byte[] agree(String name, KeyPair own, KeyPair peer) throws Exception {
    KeyAgreement agreement = KeyAgreement.getInstance(name, OURS);
    agreement.init(own.getPrivate());
    agreement.doPhase(peer.getPublic(), true);
    return agreement.generateSecret();
  }

  /** One of the things that all threads do. */
  private interface Task {
    boolean run(int id) throws Exception;
  }

  private static void run(Task task) throws Exception {
    inThreads(
        id -> {
          boolean good = true;
          for (int i = 0; i < FEW; i++) {
            good &= task.run(id);
          }
          return good;
        });
  }

  private static void share(KeyPair pair, String algorithm) throws Exception {
    inThreads(id -> signAndVerify(pair, algorithm, id));
  }

  private static void inThreads(Task task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int id = thread;
        tasks.add(() -> task.run(id));
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
