package io.github.mbedtls4j.provider.boot;

import io.github.mbedtls4j.provider.MbedTlsProvider;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;

/**
 * Main of child JVMs: the argument names the JVM's first use of a security service, after which
 * everything else must work too.
 */
final class FirstUse {
  private FirstUse() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "SecureRandom" -> System.out.println(new SecureRandom().nextInt());
      case "UUID" -> System.out.println(UUID.randomUUID());
      case "createTempFile" -> Files.delete(Files.createTempFile("first", ".tmp"));
      case "File.createTempFile" -> System.out.println(File.createTempFile("first", null).delete());
      case "SSLContext" -> System.out.println(SSLContext.getDefault().getProvider().getName());
      case "insertProviderAt" -> Security.insertProviderAt(Ours.create(), 1);
      case "getProvider" -> System.out.println(Security.getProvider("MbedTLS"));
      case "threads" -> threads();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    checkAll();
  }

  private static void threads() throws Exception {
    CyclicBarrier start = new CyclicBarrier(4);
    List<Callable<String>> uses =
        List.of(
            () -> name(Security.getProvider("MbedTLS")),
            () -> name(Security.getProvider("MbedTLS")),
            () -> name(new SecureRandom().getProvider()),
            () -> name(Ours.create()));
    ExecutorService threads = Executors.newFixedThreadPool(uses.size());
    List<Future<String>> results = new ArrayList<>();
    for (Callable<String> use : uses) {
      results.add(
          threads.submit(
              () -> {
                start.await();
                return use.call();
              }));
    }
    for (Future<String> result : results) {
      System.out.println("thread: " + result.get());
    }
    threads.shutdown();
  }

  private static String name(Provider provider) {
    return provider == null ? "no provider" : provider.getName();
  }

  private static void checkAll() throws Exception {
    System.out.println(
        "providers: " + Arrays.stream(Security.getProviders()).map(Provider::getName).toList());
    SecureRandom random = new SecureRandom();
    System.out.println("random: " + random.getProvider().getName() + " " + random.getAlgorithm());
    if (random.longs(100).distinct().count() < 100) {
      throw new AssertionError("random numbers repeat");
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] hash = digest.digest("abc".getBytes(StandardCharsets.US_ASCII));
    System.out.println(
        "digest: " + digest.getProvider().getName() + " " + HexFormat.of().formatHex(hash, 0, 4));
    Path file = Files.createTempFile("check", ".tmp");
    Files.delete(file);
    System.out.println("UUID: " + UUID.randomUUID().version());
    System.out.println("ended");
  }

  /** Apart, so that the rest can run without our jar. */
  private static final class Ours {
    private Ours() {}

    static Provider create() {
      return new MbedTlsProvider();
    }
  }
}
